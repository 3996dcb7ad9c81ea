package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.ServicesGrpc;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallLogTest {
  private final Google google = Google.demo();
  private final CallLog log = google.emulator.calls();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void answers_tellWhatEachCallWasAnsweredWith_inTheOrderOfArrival() {
    google.create("invoker");
    assertThat(failure(() -> google.get(account("missing")))).isNotNull();
    var stale = policy().toBuilder().setEtag(ByteString.copyFromUtf8("stale")).build();
    assertThat(failure(() -> google.set(SERVICE, stale))).isNotNull();
    google.emulator.onCall(call -> {
      throw new StatusRuntimeException(Status.UNAVAILABLE);
    });
    assertThat(failure(() -> google.get(SERVICE))).isNotNull();

    assertThat(log.answers())
        .extracting(LoggedCall::status)
        .containsExactly(
            Optional.of(Status.Code.OK),
            Optional.of(Status.Code.NOT_FOUND),
            Optional.of(Status.Code.ABORTED),
            Optional.of(Status.Code.UNAVAILABLE));
    assertThat(log.answers()).extracting(LoggedCall::call).isEqualTo(log.all());
  }

  @Test
  void aCallUnderWay_isCountedAlready_andHasNoStatus() throws Exception {
    var arrived = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    google.emulator.onCall(call -> {
      arrived.countDown();
      await(release);
    });
    var answered = CompletableFuture.runAsync(() -> google.get(SERVICE));
    arrived.await();

    assertThat(log.count("GetIamPolicy")).isEqualTo(1);
    assertThat(log.answers().getFirst().status()).isEmpty();

    release.countDown();
    answered.join();
    assertThat(log.answers().getFirst().status()).contains(Status.Code.OK);
  }

  @Test
  void aCallThatItsCallerGaveUp_isCancelled_whateverItsHandlerSaysLater() throws Exception {
    var release = new CountDownLatch(1);
    var handled = new CountDownLatch(1);
    google.emulator.onCall(call -> {
      await(release);
      handled.countDown();
    });
    var impatient = google.run.withDeadlineAfter(Duration.ofMillis(50));
    var request = GetIamPolicyRequest.newBuilder().setResource(SERVICE).build();
    assertThat(failure(() -> impatient.getIamPolicy(request))).isNotNull();

    release.countDown();
    handled.await();

    while (log.answers().getFirst().status().isEmpty()) {
      Thread.sleep(5);
    }
    assertThat(log.answers().getFirst().status()).contains(Status.Code.CANCELLED);
  }

  @Test
  void aClientThatHasItsAnswer_findsItInTheLog_alsoWhenManyAsk() throws Exception {
    Callable<List<LoggedCall>> ask =
        () -> {
          var name = account("x" + Thread.currentThread().threadId());
          assertThat(failure(() -> google.get(name))).isNotNull();
          return log.answers().stream().filter(it -> it.call().resource().equals(name)).toList();
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var found : threads.invokeAll(Collections.nCopies(200, ask))) {
        assertThat(found.get())
            .extracting(LoggedCall::status)
            .containsExactly(Optional.of(Status.Code.NOT_FOUND));
      }
    }
  }

  @Test
  void anAnswerByCallback_isInTheLogWhenItComes() throws Exception {
    var seen = new CompletableFuture<Optional<Status.Code>>();
    ServicesGrpc.newStub(google.channel)
        .getIamPolicy(
            GetIamPolicyRequest.newBuilder().setResource(SERVICE).build(),
            new StreamObserver<Policy>() {
              @Override
              public void onNext(Policy answer) {
                seen.complete(log.answers().getFirst().status());
              }

              @Override
              public void onError(Throwable failure) {
                seen.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });

    assertThat(seen.get()).contains(Status.Code.OK);
  }

  @Test
  void addRefused_isListedAmongTheOthers() {
    google.get(SERVICE);
    log.addRefused("GET /v1/nowhere", Status.Code.NOT_FOUND, "alice@example.com");

    assertThat(log.answers().getLast())
        .isEqualTo(
            new LoggedCall(
                new Call("GET /v1/nowhere", "", "alice@example.com"),
                Optional.of(Status.Code.NOT_FOUND)));
    assertThat(log.all()).hasSize(2);
  }

  @Test
  void itKeepsTheNewest_andOfALongTextTheBeginning() {
    for (var i = 0; i < CallLog.MAX_CALLS + 2; i++) {
      log.add(new Call("m", "r" + i, "operator"));
    }
    log.addRefused("x".repeat(5000), Status.Code.NOT_FOUND, "operator");

    var calls = log.all();
    assertThat(calls).hasSize(CallLog.MAX_CALLS);
    assertThat(calls.getFirst().resource()).isEqualTo("r3");
    assertThat(calls.getLast().method()).isEqualTo("x".repeat(999) + "…");
    assertThat(log.count("m")).isEqualTo(CallLog.MAX_CALLS - 1);
  }

  @Test
  void theHook_seesTheWholeResource() {
    var longName = "projects/" + "p".repeat(2000);
    var seen = new CompletableFuture<String>();
    google.emulator.onCall(call -> seen.complete(call.resource()));
    assertThat(failure(() -> google.get(longName))).isNotNull();

    assertThat(seen.join()).isEqualTo(longName);
    assertThat(log.all().getFirst().resource()).hasSize(CallLog.MAX_TEXT);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
