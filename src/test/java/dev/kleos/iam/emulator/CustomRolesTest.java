package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.CreateRoleRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.Role.RoleLaunchStage;
import com.google.iam.v1.TestIamPermissionsRequest;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomRolesTest {
  private static final String CALLER = PROJECT + "/roles/caller";
  private static final String ALICE = "user:alice@example.com";
  private static final String INVOKE = "run.routes.invoke";

  private final Google google = Google.demo();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.routes-foo.invoke", "*", "foo bar", "", "run", "run.*", "Run.x.y"})
  void create_withWhatIsNoPermission_isRefused(String permission) {
    var failure = failure(() -> create(google, PROJECT, RoleLaunchStage.GA, INVOKE, permission));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("Permission " + permission + " is not valid.");
    assertThat(failure(() -> get(google, CALLER)).getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void whatAPredefinedRoleHas_canBeInACustomOne() {
    for (var role : RoleCatalog.ROLES.values()) {
      assertThat(role.getIncludedPermissionsList()).allMatch(RoleJson::isPermission);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
  void theStage_isKept_alsoInTheState(RoleLaunchStage stage) {
    var state = folder.resolve("state.json");
    try (var first = new Google(Emulator.start(StateFile.open(state)))) {
      assertThat(create(first, PROJECT, stage, INVOKE).getStage()).isEqualTo(stage);
    }
    try (var second = new Google(Emulator.start(StateFile.open(state)))) {
      assertThat(get(second, CALLER).getStage()).isEqualTo(stage);
      assertThat(get(second, CALLER).getIncludedPermissionsList()).containsExactly(INVOKE);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
  void aRole_carriesItsPermissions_unlessItIsDisabled(RoleLaunchStage stage) {
    create(google, PROJECT, stage, INVOKE);
    google.set(SERVICE, policy(binding(CALLER, ALICE)));

    assertThat(aliceMayInvoke()).isEqualTo(stage != RoleLaunchStage.DISABLED);
  }

  @Test
  void aStageThatNobodyKnows_isInvalid() {
    var role = Role.newBuilder().setStageValue(99).build();
    var request =
        CreateRoleRequest.newBuilder().setParent(PROJECT).setRoleId("caller").setRole(role).build();

    assertThat(failure(() -> google.iam.createRole(request)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {PROJECT, SERVICE})
  void aRoleOfAnotherProject_cannotBeGranted(String resource) {
    google.emulator.world().ensureProject("other", "42");
    create(google, "projects/other", RoleLaunchStage.GA, INVOKE);

    for (var project : List.of("other", "42", "nowhere", "-", "kleos-demo-2")) {
      var role = "projects/" + project + "/roles/caller";
      var failure = failure(() -> google.set(resource, policy(binding(role, ALICE))));

      assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(failure.getStatus().getDescription())
          .isEqualTo("Role (" + role + ") does not exist in the resource's hierarchy.");
    }
  }

  @Test
  void aRoleOfAnotherProject_thatIsGrantedAllTheSame_carriesNothing() {
    google.emulator.world().ensureProject("other", "42");
    create(google, "projects/other", RoleLaunchStage.GA, INVOKE);

    for (var project : List.of("other", "42")) {
      var granted = policy(binding("projects/" + project + "/roles/caller", ALICE));
      google.emulator.world().putPolicy(SERVICE, granted);
      assertThat(aliceMayInvoke()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kleos-demo", "123456789012"})
  void aRoleOfTheProject_canBeGrantedByItsIdAndByItsNumber(String project) {
    create(google, PROJECT, RoleLaunchStage.GA, INVOKE);
    google.set(SERVICE, policy(binding("projects/" + project + "/roles/caller", ALICE)));

    assertThat(aliceMayInvoke()).isTrue();
  }

  private boolean aliceMayInvoke() {
    var request =
        TestIamPermissionsRequest.newBuilder().setResource(SERVICE).addPermissions(INVOKE).build();
    return google
            .as("alice@example.com")
            .run
            .testIamPermissions(request)
            .getPermissionsList()
            .size()
        == 1;
  }

  private static Role create(
      Google google, String parent, RoleLaunchStage stage, String... permissions) {
    var role =
        Role.newBuilder().setStage(stage).addAllIncludedPermissions(List.of(permissions)).build();
    return google.iam.createRole(
        CreateRoleRequest.newBuilder().setParent(parent).setRoleId("caller").setRole(role).build());
  }

  private static Role get(Google google, String name) {
    return google.iam.getRole(GetRoleRequest.newBuilder().setName(name).build());
  }
}
