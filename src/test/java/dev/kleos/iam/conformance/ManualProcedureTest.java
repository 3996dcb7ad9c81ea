package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.PROJECT;
import static dev.kleos.iam.conformance.Stage.SERVICE;
import static dev.kleos.iam.conformance.Stage.email;
import static dev.kleos.iam.conformance.Stage.nameOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The procedure that kleos-iam replaces, command by command, beside kleos-iam itself.
@Execution(ExecutionMode.CONCURRENT)
class ManualProcedureTest {
  private static final String ACCOUNT = email("kleos-invoker");
  private static final String DISPLAY_NAME = "Kleos invoker";
  private static final String DESCRIPTION =
      "Kleos invoker - Panoply sends its validation requests as this account";
  private static final List<String> USERS =
      List.of("user:alice@example.com", "user:bob@example.com");
  private static final List<String> USER_ROLES =
      List.of(
          "roles/iam.serviceAccountUser",
          "roles/iam.serviceAccountTokenCreator",
          "roles/iam.serviceAccountOpenIdTokenCreator");

  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker:
          displayName: %s
          description: %s
          users: [%s]
      services:
        kleos-service:
          invokers: [kleos-invoker]
      """
          .formatted(DISPLAY_NAME, DESCRIPTION, String.join(", ", USERS));

  private final Stage byHand = new Stage();
  private final Stage byPlan = new Stage();

  @BeforeEach
  void appoint() {
    byHand.admin();
    byPlan.admin();
  }

  @AfterEach
  void close() {
    byHand.close();
    byPlan.close();
  }

  @Test
  void theProcedureAndApply_endInTheSameAccountAndEqualGrants_andThePlanFindsNothingToDo() {
    create(byHand.admin());
    grant(byHand.admin(), find(byHand.admin()));

    assertThat(kleosIam(byPlan, "apply", "--yes")).contains("1 account created · 7 grants added");

    assertThat(grants(byPlan)).hasSize(7).isEqualTo(grants(byHand));
    assertThat(byPlan.shown(ACCOUNT)).isEqualTo(byHand.shown(ACCOUNT));
    assertThat(kleosIam(byHand, "plan", "--detailed-exitcode"))
        .contains("No changes: all that the plan asks for is in place.");
    assertThat(kleosIam(byHand, "drift")).doesNotContain("STILL HAS ACCESS", "STILL HAVE ACCESS");
  }

  @Test
  void theProcedureAfterApply_changesNothing() {
    kleosIam(byPlan, "apply", "--yes");
    var grants = grants(byPlan);
    var account = byPlan.shown(ACCOUNT);

    var complaint = byPlan.admin().refused("iam service-accounts create kleos-invoker");
    grant(byPlan.admin(), find(byPlan.admin()));

    assertThat(complaint)
        .contains("Service account ID already exists within project projects/kleos-demo.");
    assertThat(grants(byPlan)).hasSize(7).isEqualTo(grants);
    assertThat(byPlan.shown(ACCOUNT)).isEqualTo(account);
  }

  private static void create(Gcloud gcloud) {
    gcloud.done(
        "iam service-accounts create kleos-invoker",
        "--display-name=" + DISPLAY_NAME,
        "--description=" + DESCRIPTION);
  }

  /// The account's e-mail, as a person finds it.
  private static String find(Gcloud gcloud) {
    return gcloud
        .done("iam service-accounts list", "--filter=description:Panoply", "--format=value(email)")
        .out()
        .strip();
  }

  private static void grant(Gcloud gcloud, String account) {
    gcloud.done(
        "run services add-iam-policy-binding kleos-service --region=us-central1",
        "--member=serviceAccount:" + account,
        "--role=roles/run.invoker");
    for (var user : USERS) {
      for (var role : USER_ROLES) {
        gcloud.done(
            "iam service-accounts add-iam-policy-binding " + account,
            "--member=" + user,
            "--role=" + role);
      }
    }
  }

  private static Set<Granted> grants(Stage stage) {
    return Granted.in(stage.world(), List.of(nameOf(ACCOUNT), SERVICE, PROJECT)).stream()
        .filter(grant -> !grant.member().equals("user:" + Stage.ADMIN))
        .collect(toSet());
  }

  /// Runs kleos-iam with the plan on a stage's emulator, successfully.
  private static String kleosIam(Stage stage, String... command) {
    var plan = stage.file("plan.yaml", PLAN).toString();
    var args = new String[command.length + 1];
    System.arraycopy(command, 0, args, 0, command.length);
    args[command.length] = plan;
    var bytes = new ByteArrayOutputStream();
    var output = new PrintStream(bytes, true, UTF_8);
    var env =
        Map.of(
            "KLEOS_IAM_EMULATOR_HOST",
            stage.server.host(),
            "KLEOS_IAM_EMULATOR_TOKEN",
            Stage.ADMIN,
            "XDG_STATE_HOME",
            Path.of("target/state").toAbsolutePath().toString());

    assertThat(Main.run(output, output, env, args)).as(bytes.toString(UTF_8)).isZero();

    return bytes.toString(UTF_8);
  }
}
