package dev.kleos.iam.workflow;

import static dev.kleos.iam.planner.Wish.grant;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.RetryingCloud;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.Faults;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.emulator.server.EmulatorServer;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.Wish;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever passes by itself at Google, a plan comes into effect all the same, and nobody loses
/// anything; by Google's client libraries, over a network on loopback.
@Timeout(60)
class FaultyGoogleTest {
  private static final String SERVICE = Demo.SERVICE.name();

  private final Emulator emulator = Emulator.start(World.demo());
  private final EmulatorServer server = EmulatorServer.start(emulator, 0);
  private final Cloud cloud =
      GoogleCloud.onEmulator(
          "127.0.0.1",
          URI.create("http://" + server.grpcHost()).getPort(),
          "operator",
          Optional.empty());

  @AfterEach
  void close() {
    cloud.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'fault': 'status', 'code': 'UNAVAILABLE', 'count': 5}",
        "{'fault': 'status', 'code': 'INTERNAL', 'method': 'SetIamPolicy', 'count': 3}",
        "{'fault': 'status', 'code': 'DEADLINE_EXCEEDED', 'method': 'CreateServiceAccount'}",
        "{'fault': 'status', 'code': 'RESOURCE_EXHAUSTED', 'retryDelay': '5s', 'count': 4}",
        "{'fault': 'conflict', 'count': 9}",
        "{'fault': 'latency', 'time': '20ms', 'count': 'always'}",
        "{'fault': 'answer-lost', 'method': 'SetIamPolicy', 'count': 2}",
        "{'fault': 'answer-lost', 'method': 'SetIamPolicy', 'resource': '*/services/*'}",
        "{'fault': 'answer-lost', 'method': 'CreateServiceAccount'}",
        "{'fault': 'answer-lost', 'count': 12}",
        "{'fault': 'connection-cut', 'count': 4}",
        "{'fault': 'connection-cut', 'method': 'SetIamPolicy', 'count': 4}",
        "{'fault': 'connection-cut', 'method': 'CreateServiceAccount', 'count': 2}",
        "{'fault': 'answer-lost', 'method': 'SetIamPolicy'}, {'fault': 'stale-reads', 'count': 3}",
        "{'fault': 'flapping-accounts', 'for': '60s'}",
        "{'fault': 'flapping-accounts', 'count': 1}",
        "{'fault': 'flapping-accounts', 'count': 6},"
            + " {'fault': 'answer-lost', 'method': 'CreateServiceAccount'},"
            + " {'fault': 'conflict', 'count': 3}",
      })
  void apply_underAFault_bringsThePlanIntoEffect_andASecondOneWritesNothing(String faults)
      throws InterruptedException {
    emulator.world().putPolicy(SERVICE, viewedBy("user:other@example.com"));
    inject(faults);

    assertThat(apply())
        .extracting(AppliedChange::outcome)
        .hasSize(3)
        .allMatch(it -> it instanceof Outcome.Applied || it instanceof Outcome.AlreadyInEffect);

    assertThat(emulator.faults().states())
        .allMatch(state -> state.injected() > 0)
        .allMatch(state -> state.left().orElse(0) == 0);
    emulator.faults().clear();
    assertThat(
            Demo.apply(cloud).run(plan(), Pruning.NONE, Overrides.NONE, new Demo.Answering(true)))
        .isInstanceOf(Apply.InSync.class);
    assertThat(cloud.policies().read(Demo.SERVICE).grants())
        .contains(grant("roles/run.viewer", "user:other@example.com"))
        .hasSize(2);
  }

  @Test
  void aStaleRead_afterARivalsWrite_losesNoneOfTheRivalsGrants() throws InterruptedException {
    inject("{'fault': 'stale-reads', 'method': 'GetIamPolicy', 'count': 2}");
    rivalWritesBefore("SetIamPolicy", SERVICE);

    var outcomes = apply().stream().map(AppliedChange::outcome).toList();

    assertThat(outcomes).contains(new Outcome.Applied(4));
    assertThat(emulator.faults().states()).allMatch(state -> state.injected() == 2);
    assertThat(cloud.policies().read(Demo.SERVICE).grants())
        .contains(grant("roles/run.viewer", "user:rival@example.com"))
        .hasSize(2);
  }

  @Test
  void aLostAnswer_isFoundToBeInEffect_andWrittenOnce() throws InterruptedException {
    inject("{'fault': 'answer-lost', 'method': 'SetIamPolicy', 'resource': '*/services/*'}");

    var outcomes = apply().stream().map(AppliedChange::outcome).toList();

    assertThat(outcomes).contains(new Outcome.AlreadyInEffect(true));
    assertThat(emulator.calls().answers())
        .filteredOn(logged -> logged.call().is("SetIamPolicy"))
        .filteredOn(logged -> logged.call().resource().equals(SERVICE))
        .extracting(logged -> logged.status().orElseThrow().name())
        .containsExactly("UNAVAILABLE", "ABORTED");
  }

  /// What the libraries sent again, nobody would count, wait with, or see the end of.
  @Test
  void aConnectionThatIsCut_isToldOf_andNothingIsSentAgainByTheLibraries() {
    inject("{'fault': 'connection-cut', 'method': 'GetIamPolicy'}");

    assertThatExceptionOfType(CloudException.Transient.class)
        .isThrownBy(() -> cloud.policies().read(Demo.SERVICE));

    assertThat(emulator.calls().count("GetIamPolicy")).isOne();
    assertThat(cloud.calls()).isEqualTo(new ApiCalls(1, 0));
  }

  @Test
  void shortAndEmptyPages_loseNoAccount_andNoService() {
    var ids = IntStream.range(100, 250).mapToObj(i -> "account-" + i).toList();
    for (var id : ids) {
      var email = Resource.Account.inProject("kleos-demo", id).email();
      emulator.world().ensureAccount("kleos-demo", email);
      emulator.world().ensureService("kleos-demo", "us-central1", id);
    }
    inject(
        "{'fault': 'short-page'}, {'fault': 'short-page', 'entries': 7, 'count': 6},"
            + " {'fault': 'short-page', 'count': 3}");
    assertThat(cloud.accounts().list("kleos-demo"))
        .extracting(found -> found.resource().accountId())
        .containsExactlyElementsOf(ids);

    inject("{'fault': 'short-page', 'entries': 1, 'count': 'always'}");
    assertThat(cloud.catalog().services("kleos-demo", "us-central1"))
        .extracting(Resource.Service::name)
        .hasSize(ids.size() + 1)
        .doesNotHaveDuplicates();
    assertThat(emulator.faults().states()).extracting(Faults.State::injected).doesNotContain(0L);
  }

  private List<AppliedChange> apply() throws InterruptedException {
    var reading = RetryingCloud.within(Duration.ofMinutes(5), cloud, new Hurried(), new Random(1));
    var previewed = Demo.preview(reading).run(plan(), Pruning.NONE, Overrides.NONE);
    assertThat(previewed.changeSet().changes()).hasSize(3);
    return Demo.applier(cloud).apply(previewed.changeSet());
  }

  private static DesiredState plan() {
    var invoker = grant("roles/run.invoker", Demo.ACCOUNT.principal().spelling());
    return Wish.plan(
        List.of(ServiceAccount.desired(Demo.ACCOUNT, "Kleos invoker", null)),
        Wish.on(Demo.ACCOUNT).users(List.of("user:alice@example.com")).policy(),
        Wish.on(Demo.SERVICE).wants(invoker).policy());
  }

  private void rivalWritesBefore(String method, String resource) {
    emulator.onCall(call -> {
      if (call.is(method) && call.resource().equals(resource)) {
        emulator.onCall(_ -> {});
        emulator.world().putPolicy(resource, viewedBy("user:rival@example.com"));
      }
    });
  }

  private static Policy viewedBy(String member) {
    return Policy.newBuilder()
        .addBindings(Binding.newBuilder().setRole("roles/run.viewer").addMembers(member))
        .build();
  }

  private void inject(String faults) {
    var text = "{'faults': [" + faults + "]}";
    emulator.faults().addFrom(text.replace('\'', '"').getBytes(UTF_8), "test");
  }

  /// Sleeps a hundredth of what it should.
  private static final class Hurried implements Timer {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Thread.sleep(duration.dividedBy(100));
    }
  }
}
