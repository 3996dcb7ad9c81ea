package dev.kleos.iam.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Streams;
import com.google.gson.JsonElement;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.iam.admin.v1.Role;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Roles as gcloud describes and lists them.
@Execution(ExecutionMode.CONCURRENT)
class GcloudRolesTest {
  private final Stage stage = new Stage();
  private final Gcloud gcloud = stage.admin();

  @BeforeEach
  void furnish() {
    stage.account("kleos-invoker");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void describe_showsThePermissions() {
    var role = gcloud.done("iam roles describe roles/run.invoker").read(Role.newBuilder()).build();

    assertThat(role)
        .isEqualTo(stage.iam.getRole(GetRoleRequest.newBuilder().setName(role.getName()).build()));
    assertThat(role.getIncludedPermissionsList()).contains("run.routes.invoke");
  }

  @Test
  void describe_ofAnUnknownRole_namesIt() {
    assertThat(gcloud.refused("iam roles describe roles/run.invokr"))
        .contains("The role named roles/run.invokr was not found.");
  }

  @Test
  void list_showsThePredefinedRoles() {
    var all = stage.iam.listRoles(ListRolesRequest.getDefaultInstance()).getRolesList();

    assertThat(names(gcloud.done("iam roles list").json()))
        .contains("roles/run.invoker", "roles/iam.serviceAccountUser")
        .containsExactlyInAnyOrderElementsOf(names(all));
  }

  @ParameterizedTest
  @EnumSource
  void listGrantableRoles_showsWhatTheResourceTakes(Target target) {
    var name = target.fullResourceName;
    var query = QueryGrantableRolesRequest.newBuilder().setFullResourceName(name).build();

    assertThat(names(gcloud.done("iam list-grantable-roles " + name).json()))
        .contains(target.role)
        .containsExactlyInAnyOrderElementsOf(
            names(stage.iam.queryGrantableRoles(query).getRolesList()));
  }

  private static List<String> names(List<Role> roles) {
    return roles.stream().map(Role::getName).toList();
  }

  private static List<String> names(JsonElement roles) {
    return Streams.stream(roles.getAsJsonArray())
        .map(role -> role.getAsJsonObject().get("name").getAsString())
        .toList();
  }
}
