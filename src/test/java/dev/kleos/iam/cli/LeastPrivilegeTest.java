package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cli.NarrowestRoles.Row;
import dev.kleos.iam.cli.RestrictedRun.Held;
import dev.kleos.iam.cli.RestrictedRun.Result;
import dev.kleos.iam.model.NarrowestRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The README's narrowest roles are enough for every command, and none of them, nor any permission,
/// is too much.
class LeastPrivilegeTest {
  @TempDir private Path folder = Path.of("");

  /// Who needs roles for what.
  enum Need {
    ADMIN("admin", "", "plan|drift synced|apply renamed|apply|apply empty|grant"),
    ADMIN_WHO_REVOKES("admin", "`revoke`, to look at the project too", "revoke"),
    ADMIN_OF_PROJECT("admin", "with `projectPolicy`", "plan project|apply project"),
    CI("CI job", "", "plan|plan saved|drift synced"),
    CI_OF_PROJECT("CI job", "with `projectPolicy`", "plan project"),
    USER("user", "", "token audience|invoke address|doctor address"),
    USER_BY_NAME("user", "by its name", "token|invoke|doctor"),
    USER_OF_APIS("user", "`token --access`", "token access");

    private final String reader;
    private final String when;
    private final String commands;

    Need(String reader, String when, String commands) {
      this.reader = reader;
      this.when = when;
      this.commands = commands;
    }

    List<String> commands() {
      return List.of(commands.split("\\|", -1));
    }

    /// The rows that are about this.
    List<Row> own() throws IOException {
      return NarrowestRoles.rows().stream()
          .filter(row -> row.reader().equals(reader) && row.when().equals(when))
          .toList();
    }

    /// These, and those that the reader has anyway.
    List<Row> all() throws IOException {
      return NarrowestRoles.rows().stream()
          .filter(row -> row.reader().equals(reader))
          .filter(row -> row.when().isEmpty() || row.when().equals(when))
          .toList();
    }
  }

  @Test
  void everyRow_isTested() throws IOException {
    var tested = new ArrayList<Row>();
    for (var need : Need.values()) {
      assertThat(need.own()).as(need.name()).isNotEmpty();
      tested.addAll(need.own());
    }

    assertThat(tested).containsExactlyInAnyOrderElementsOf(NarrowestRoles.rows());
  }

  @ParameterizedTest
  @EnumSource
  void everyCommand_underTheNarrowestRoles_works(Need need) throws Exception {
    for (var command : need.commands()) {
      assertWorks(command, run(command, need.all().stream().map(Held::role).toList()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCommand_underTheNarrowestPermissions_works(Need need) throws Exception {
    for (var command : need.commands()) {
      assertWorks(command, run(command, exactly(need.all())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutOneOfTheRoles_aCommandFails_andSaysWhatIsMissing(Need need) throws Exception {
    for (var missing : need.own()) {
      var rest = need.all().stream().filter(row -> !row.equals(missing)).map(Held::role).toList();

      var told = firstFailure(need, rest, missing.toString());

      assertThat(missing.permissions())
          .as(told)
          .anySatisfy(permission -> assertThat(told).contains(permission));
      assertThat(told).contains(RestrictedRun.name(missing.on()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutOneOfThePermissions_aCommandFails_andNamesIt_theResource_andTheNarrowestRole(
      Need need) throws Exception {
    for (var row : need.own()) {
      for (var permission : row.permissions()) {
        var held = new ArrayList<Held>();
        for (var each : need.all()) {
          var left = new TreeSet<>(each.permissions());
          if (each.equals(row)) {
            left.remove(permission);
          }
          held.add(Held.permissions(left, each.on()));
        }

        var told = firstFailure(need, held, permission);

        assertThat(told)
            .contains("You need " + permission + " on projects/kleos-demo")
            .contains("role that has it is " + NarrowestRole.of(Set.of(permission)).orElseThrow());
      }
    }
  }

  @Test
  void theCustomRole_isWhatTheCiJobNeeds() throws Exception {
    var needed = new TreeSet<String>();
    Need.CI.own().forEach(row -> needed.addAll(row.permissions()));

    assertThat(NarrowestRoles.custom()).isEqualTo(needed);
    for (var command : Need.CI.commands()) {
      assertWorks(
          command, run(command, List.of(Held.permissions(NarrowestRoles.custom(), "project"))));
    }
  }

  @Test
  void aPlanThatManagesNoText_takesNoSightOfTheAccount() throws Exception {
    var held =
        List.of(
            Held.permissions(
                Set.of("iam.serviceAccounts.getIamPolicy", "run.services.getIamPolicy"),
                "project"));

    assertThat(run("plan textless", held).out()).contains("\nPlan: 1 grant to add.");
    assertThat(run("plan textless-empty", held).out())
        .contains("\nPlan: 1 account to create · 3 grants to add.");
  }

  @Test
  void doctor_withoutAPermission_namesIt_andTheNarrowestRole() throws Exception {
    assertThat(run("doctor address", List.of()).out())
        .contains(
            "(iam.serviceAccounts.getOpenIdToken, in"
                + " roles/iam.serviceAccountOpenIdTokenCreator)");
    for (var row : Need.USER_BY_NAME.all()) {
      var rest = Need.USER_BY_NAME.all().stream().filter(it -> !it.equals(row)).toList();

      assertThat(run("doctor", exactly(rest)).out())
          .contains(
              row.permissions().stream()
                  .map(permission -> permission + ", in " + row.role())
                  .toArray(String[]::new));
    }
  }

  @Test
  void revoke_thatMayNotLookAtTheProject_goesOn_andSaysSo() throws Exception {
    var result = run("revoke", exactly(Need.ADMIN.all()));

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .contains("\nRevoked: 1 grant REMOVED.")
        .contains(
            """
            Not looked at: projects/kleos-demo, which may hold more.
              PERMISSION_DENIED: The caller does not have permission
              You need resourcemanager.projects.getIamPolicy on projects/kleos-demo; the narrowest predefined role that has it is roles/browser.
            """);
  }

  @Test
  void validate_takesNothing() throws Exception {
    assertWorks("validate", run("validate", List.of()));
  }

  @Test
  void allThatIsMissing_isSaidAtOnce_eachPermissionOnce() throws Exception {
    var told = run("plan", List.of()).out();

    assertThat(told)
        .contains(
            """
            3 resources could not be read:
              projects/kleos-demo
                PERMISSION_DENIED: You need resourcemanager.projects.get on it; the narrowest predefined role that has it is roles/browser.
              projects/kleos-demo/serviceAccounts/kleos-invoker@kleos-demo.iam.gserviceaccount.com
                PERMISSION_DENIED: You need iam.serviceAccounts.get and iam.serviceAccounts.getIamPolicy on it; the narrowest predefined role that has them is roles/iam.serviceAccountViewer.
              projects/kleos-demo/locations/us-central1/services/kleos-service
                PERMISSION_DENIED: You need run.services.getIamPolicy on it; the narrowest predefined role that has it is roles/iam.securityReviewer.
            """);
  }

  @Test
  void allThatMayNotBeWritten_isSaidAtOnce() throws Exception {
    var reading = Need.CI.all().stream().map(Held::role).toList();

    assertThat(run("apply", reading).out())
        .contains(
            """

            You need iam.serviceAccounts.setIamPolicy on projects/kleos-demo/serviceAccounts/kleos-invoker@kleos-demo.iam.gserviceaccount.com; the narrowest predefined role that has it is roles/iam.serviceAccountAdmin.
            You need run.services.setIamPolicy on projects/kleos-demo/locations/us-central1/services/kleos-service; the narrowest predefined role that has it is roles/run.admin.
            """);
  }

  /// What the first command says that does not work.
  private String firstFailure(Need need, List<Held> held, String missing) throws Exception {
    for (var command : need.commands()) {
      var result = run(command, held);
      if (!result.works()) {
        return result.printed();
      }
    }
    throw new AssertionError("nobody needs " + missing + " for " + need.commands());
  }

  private static List<Held> exactly(List<Row> rows) {
    return rows.stream().map(row -> Held.permissions(row.permissions(), row.on())).toList();
  }

  private static void assertWorks(String command, Result result) {
    assertThat(result.works()).as(command + "\n" + result.printed()).isTrue();
  }

  private Result run(String command, List<Held> held) throws Exception {
    return new RestrictedRun(folder, held).run(command);
  }
}
