package dev.kleos.iam.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.conformance.Workplace.Answer;
import dev.kleos.iam.emulator.Call;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleOnLoopback;
import dev.kleos.iam.script.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Google's own clients get through with what `exec` and `impersonate` set up, and no longer after
/// `revoke`: gcloud and the libraries for Node and Java, as they are installed, behind TLS and a
/// proxy, in front of the emulator under the names of Google's.
@Execution(ExecutionMode.CONCURRENT)
class ImpersonatedClientsTest {
  private static final String ADMIN = "admin@example.com";
  private static final String ALICE = "alice@example.com";
  private static final String ACCOUNT = Stage.email("kleos-invoker");
  private static final List<String> PLAIN = List.of();
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {users: [user:bob@example.com]}
      services:
        kleos-service: {invokers: [kleos-invoker]}
      """;

  private final GoogleOnLoopback google;
  private final Workplace admins;
  private final Workplace alices;
  private final String launcher;

  ImpersonatedClientsTest(@TempDir Path folder) throws IOException {
    google = GoogleOnLoopback.start(World.demo(), Files.createDirectory(folder.resolve("google")));
    admins = Workplace.of(ADMIN, google, Files.createDirectory(folder.resolve("admin")));
    alices = Workplace.of(ALICE, google, Files.createDirectory(folder.resolve("alice")));
    launcher = Installed.in(folder).launcher();
  }

  /// Alice and the account may look at services; and Alice may have her calls counted, which the
  /// account may not.
  @BeforeEach
  void furnish() throws IOException {
    google.own(ADMIN);
    google.grant("roles/run.viewer", ALICE);
    google.grant("roles/run.viewer", ACCOUNT);
    google.grant("roles/serviceusage.serviceUsageConsumer", ALICE);
    Files.writeString(admins.home().resolve("kleos-iam.yaml"), PLAN);
  }

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClient_actsAsTheAccountUnderExecAndImpersonate_elseAsItsUser_andAfterRevokeItIsRefused(
      ClientProgram client) throws Exception {
    client.assumeInstalled();
    client.logIn(ALICE, alices);
    kleosIam(admins, "apply", "--yes");
    kleosIam(admins, "grant", ALICE, "--yes");
    var before = alices.credentials();

    assertCalls(client, exec(), ACCOUNT);
    assertThat(alices.credentials()).isEqualTo(before);
    assertThat(alices.holding("impersonated_service_account")).isEmpty();

    kleosIam(alices, "impersonate", "on", ACCOUNT, "--adc");
    assertCalls(client, PLAIN, ACCOUNT);
    kleosIam(admins, "revoke", ALICE, "--yes");
    assertRefused(client, PLAIN);
    assertRefused(client, exec());

    kleosIam(alices, "impersonate", "off");
    assertThat(alices.credentials()).isEqualTo(before);
    assertCalls(client, PLAIN, ALICE);
  }

  @ParameterizedTest
  @EnumSource
  void exec_whereAnEmulatorIsNamed_leadsAClientThere_withNothingOfTheRealLogin(ClientProgram client)
      throws Exception {
    client.assumeInstalled();
    google.letActAs(ACCOUNT, ALICE);
    var host = google.server().host();
    var at = alices.with("KLEOS_IAM_EMULATOR_HOST", host);
    var command = client.command(at.home(), host);

    at.with("KLEOS_IAM_EMULATOR_TOKEN", ALICE).run(exec(), command).done();
    assertThat(callers()).containsOnly(ACCOUNT);

    google.emulator().calls().clear();
    assertRefused(at.with("KLEOS_IAM_EMULATOR_TOKEN", "bob@example.com").run(exec(), command));
    assertThat(google.connected()).isEmpty();
  }

  private void assertCalls(ClientProgram client, List<String> under, String caller)
      throws Exception {
    google.emulator().calls().clear();
    call(client, under).done();
    assertThat(callers()).containsOnly(caller);
  }

  private void assertRefused(ClientProgram client, List<String> under) throws Exception {
    google.emulator().calls().clear();
    assertRefused(call(client, under));
  }

  private void assertRefused(Answer answer) {
    assertThat(answer.code()).isPositive();
    assertThat(answer.out() + answer.err())
        .contains("Permission 'iam.serviceAccounts.getAccessToken' denied");
    assertThat(callers()).isEmpty();
  }

  private Answer call(ClientProgram client, List<String> under) throws Exception {
    return alices.run(under, client.command(alices.home(), google));
  }

  private List<String> exec() {
    return List.of(launcher, "exec", "--account", ACCOUNT, "--");
  }

  /// As whom services were read.
  private List<String> callers() {
    return google.emulator().calls().all().stream()
        .filter(call -> call.method().startsWith("google.cloud.run.v2.Services/"))
        .map(Call::caller)
        .toList();
  }

  private void kleosIam(Workplace at, String... args) throws Exception {
    at.run(List.of(launcher), List.of(args)).done();
  }
}
