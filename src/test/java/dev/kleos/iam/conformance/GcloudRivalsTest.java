package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.ACCOUNT_USER;
import static dev.kleos.iam.conformance.Stage.PROJECT;
import static dev.kleos.iam.conformance.Stage.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Expr;
import dev.kleos.iam.emulator.Call;
import dev.kleos.iam.emulator.CallHook;
import dev.kleos.iam.script.Installed;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Eight processes of kleos-iam and a gcloud on one account.
@Execution(ExecutionMode.CONCURRENT)
class GcloudRivalsTest {
  private static final int RIVALS = 8;
  private static final int USERS = 25;
  private static final long PATIENCE_SECONDS = 8;
  private static final List<String> USER_ROLES =
      List.of(
          ACCOUNT_USER,
          "roles/iam.serviceAccountTokenCreator",
          "roles/iam.serviceAccountOpenIdTokenCreator");

  private final Stage stage = new Stage();
  private final Gcloud gcloud = stage.admin();
  private final String account = stage.account("kleos-invoker");

  private final List<Process> rivals = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void close() {
    rivals.forEach(Process::destroyForcibly);
    stage.close();
  }

  @Test
  void eightProcesses_whileGcloudAddsAndRemoves_loseNothingOfAnybody() throws Exception {
    var admins =
        IntStream.range(0, RIVALS)
            .mapToObj(rival -> "user:" + caller(rival))
            .toArray(String[]::new);
    stage.given(PROJECT, Stage.binding("roles/iam.serviceAccountAdmin", admins));
    stage.emulator.onCall(new Starting());
    startAll();

    var kept = addAndRemoveMeanwhile();

    for (var rival = 0; rival < RIVALS; rival++) {
      assertThat(rivals.get(rival).waitFor()).as(Files.readString(output(rival))).isZero();
    }
    var wanted = new HashSet<Granted>();
    for (var rival = 0; rival < RIVALS; rival++) {
      for (var user : users(rival)) {
        USER_ROLES.forEach(role -> wanted.add(granted(role, user)));
      }
    }
    assertThat(wanted).hasSize(3 * RIVALS * USERS);
    kept.forEach(user -> wanted.add(granted(ACCOUNT_USER, user)));
    assertThat(Granted.in(stage.world(), List.of(nameOf(account)))).isEqualTo(wanted);
    assertThat(stage.emulator.calls().answers())
        .as("conflicts that kleos-iam met")
        .anyMatch(
            it -> isOfKleosIam(it.call()) && it.status().equals(Optional.of(Status.Code.ABORTED)));
  }

  private void startAll() throws IOException {
    var installed = Installed.in(folder);
    for (var rival = 0; rival < RIVALS; rival++) {
      var plan = Files.writeString(folder.resolve("plan-" + rival + ".yaml"), plan(rival));
      var env =
          Map.of(
              "KLEOS_IAM_EMULATOR_HOST",
              stage.server.host(),
              "KLEOS_IAM_EMULATOR_TOKEN",
              caller(rival));
      var process =
          installed
              .builder(env, installed.launcher(), "apply", "--yes", plan.toString())
              .redirectErrorStream(true)
              .redirectOutput(output(rival).toFile())
              .start();
      process.getOutputStream().close();
      rivals.add(process);
    }
  }

  /// Adds a user after another with gcloud, and takes every second one away again, until all
  /// processes have ended; returns those that are left.
  private Set<String> addAndRemoveMeanwhile() {
    var kept = new HashSet<String>();
    for (var i = 0; i < 2 || rivals.stream().anyMatch(Process::isAlive); i++) {
      var user = "user:g" + i + "@example.com";
      edit("add", user);
      kept.add(user);
      if (i % 2 == 1) {
        edit("remove", user);
        kept.remove(user);
      }
    }
    return kept;
  }

  /// gcloud does not try again after a conflict; a person does.
  private void edit(String verb, String user) {
    var command =
        "iam service-accounts "
            + verb
            + "-iam-policy-binding "
            + account
            + " --role="
            + ACCOUNT_USER
            + " --member="
            + user;
    for (var answer = gcloud.run(command); answer.code() != 0; ) {
      assertThat(answer.err()).contains("There were concurrent policy changes.");
      answer = gcloud.run(command);
    }
  }

  private Granted granted(String role, String user) {
    return new Granted(nameOf(account), role, Expr.getDefaultInstance(), user);
  }

  private Path output(int rival) {
    return folder.resolve("output-" + rival + ".txt");
  }

  private static String caller(int rival) {
    return "r" + rival + "@example.com";
  }

  private static boolean isOfKleosIam(Call call) {
    return !call.caller().equals(Stage.ADMIN);
  }

  private static List<String> users(int rival) {
    return IntStream.range(0, USERS)
        .mapToObj(i -> "user:r" + rival + "u" + i + "@example.com")
        .toList();
  }

  private static String plan(int rival) {
    return """
    version: 1
    project: kleos-demo
    serviceAccounts:
      kleos-invoker:
        users: [%s]
    """
        .formatted(String.join(", ", users(rival)));
  }

  /// Holds the first write of each process until all of them have read, so that all but one meet a
  /// rival; but no longer than a call may last, on a machine that is too slow for it.
  private static final class Starting implements CallHook {
    private final Set<String> reading = ConcurrentHashMap.newKeySet();
    private final CountDownLatch all = new CountDownLatch(RIVALS);

    @Override
    public void before(Call call) {
      if (!isOfKleosIam(call)) {
        return;
      }
      if (call.is("GetIamPolicy") && reading.add(call.caller())) {
        all.countDown();
      }
      if (call.is("SetIamPolicy")) {
        await();
      }
    }

    private void await() {
      try {
        var _ = all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
