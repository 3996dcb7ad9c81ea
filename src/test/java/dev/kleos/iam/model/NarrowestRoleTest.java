package dev.kleos.iam.model;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.IAMGrpc;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.RoleView;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NarrowestRoleTest {
  /// Has the permissions to act as an account, and is meant for workloads of other clouds.
  private static final String OF_WORKLOADS = "roles/iam.workloadIdentityUser";

  private static final Map<String, Set<String>> CATALOGUE = catalogue();

  @ParameterizedTest
  @MethodSource("dev.kleos.iam.model.NarrowestRole#known")
  void theRole_hasThePermission_andNoOtherHasItAndLess(String permission) {
    var role = NarrowestRole.of(List.of(permission)).orElseThrow();

    var permissions = CATALOGUE.getOrDefault(role, Set.of());
    assertThat(permissions).as(role).contains(permission);
    assertThat(CATALOGUE)
        .allSatisfy((other, less) ->
            assertThat(
                    less.contains(permission)
                        && less.size() < permissions.size()
                        && permissions.containsAll(less)
                        && !other.equals(OF_WORKLOADS))
                .as(other)
                .isFalse());
  }

  @Test
  void theRole_ofSeveralPermissions_hasThemAll() {
    var permissions = List.of("iam.serviceAccounts.create", "iam.serviceAccounts.setIamPolicy");

    assertThat(NarrowestRole.of(permissions)).contains("roles/iam.serviceAccountAdmin");
    assertThat(NarrowestRole.of(List.of("run.services.get", "iam.serviceAccounts.get"))).isEmpty();
  }

  @Test
  void theSentence_listsWhatIsNeeded() {
    assertThat(NarrowestRole.sentence(Set.of("iam.serviceAccounts.get"), "a"))
        .isEqualTo(
            "You need iam.serviceAccounts.get on a; the narrowest predefined role that has it is"
                + " roles/iam.serviceAccountViewer.");
    assertThat(NarrowestRole.sentence(Set.of("run.services.get", "run.services.list", "a.b"), "s"))
        .isEqualTo("You need a.b, run.services.get and run.services.list on s.");
    assertThat(NarrowestRole.sentence(Set.of("run.services.get", "run.services.list"), "s"))
        .isEqualTo(
            "You need run.services.get and run.services.list on s; the narrowest predefined role"
                + " that has them is roles/run.viewer.");
  }

  private static Map<String, Set<String>> catalogue() {
    try (var emulator = Emulator.start(World.demo())) {
      var channel = emulator.newChannel();
      try {
        var request =
            ListRolesRequest.newBuilder().setView(RoleView.FULL).setPageSize(1000).build();
        return IAMGrpc.newBlockingStub(channel).listRoles(request).getRolesList().stream()
            .collect(toMap(Role::getName, role -> Set.copyOf(role.getIncludedPermissionsList())));
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
