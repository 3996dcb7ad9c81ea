package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EmulatorTest {
  private final Google google = Google.demo();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void calls_areLoggedWithMethodAndResource_alsoWhenTheyFail() {
    google.create("invoker");
    google.get(SERVICE);
    assertThat(failure(() -> google.get(account("missing")))).isNotNull();

    assertThat(google.emulator.calls().all())
        .containsExactly(
            new Call("google.iam.admin.v1.IAM/CreateServiceAccount", PROJECT, "operator"),
            new Call("google.cloud.run.v2.Services/GetIamPolicy", SERVICE, "operator"),
            new Call("google.iam.admin.v1.IAM/GetIamPolicy", account("missing"), "operator"));
    assertThat(google.emulator.calls().count("GetIamPolicy")).isEqualTo(2);
    assertThat(google.emulator.calls().count("google.iam.admin.v1.IAM/GetIamPolicy")).isEqualTo(1);
    assertThat(google.emulator.calls().count("Policy")).isZero();

    google.emulator.calls().clear();
    assertThat(google.emulator.calls().all()).isEmpty();
  }

  @Test
  void onCall_mayPlayTheRival() {
    var read = google.get(SERVICE);
    google.emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        google
            .emulator
            .world()
            .putPolicy(
                call.resource(), policy(binding("roles/run.invoker", "user:rival@example.com")));
      }
    });

    assertThat(failure(() -> google.set(SERVICE, read)).getStatus().getCode())
        .isEqualTo(Status.Code.ABORTED);
  }

  @Test
  void onCall_mayFailTheCall_detailsIncluded() {
    google.emulator.onCall(call -> {
      throw Errors.of(
          Code.RESOURCE_EXHAUSTED, "slow down", com.google.rpc.RetryInfo.getDefaultInstance());
    });

    var failure = failure(() -> google.get(SERVICE));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.getStatus().getDescription()).isEqualTo("slow down");
    assertThat(Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList())
        .hasSize(1);
  }

  @Test
  void onCall_mayFailTheCallWithAPlainStatus() {
    google.emulator.onCall(call -> {
      throw new StatusRuntimeException(Status.UNAVAILABLE.withDescription("gone"));
    });

    assertThat(failure(() -> google.get(SERVICE)).getStatus().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void unexpectedException_isInternalAndTellsNothing() {
    var log = Logger.getLogger(Answer.class.getName());
    log.setLevel(Level.OFF);
    google.emulator.onCall(call -> {
      throw new IllegalStateException("secret");
    });

    var failure = failure(() -> google.get(SERVICE));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription()).isEqualTo("Internal error encountered.");
    log.setLevel(null);
  }

  @Test
  void calls_runAtOnce_whileAHookBlocks() throws Exception {
    var together = new CountDownLatch(50);
    google.emulator.onCall(call -> {
      together.countDown();
      await(together);
    });

    var answers = new ConcurrentLinkedQueue<Object>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 50; i++) {
        threads.execute(() -> answers.add(google.get(SERVICE)));
      }
    }

    assertThat(answers).hasSize(50);
  }

  @Test
  void concurrentReadModifyWrites_loseNothing() {
    var aborted = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 8; i++) {
        var writer = i;
        threads.execute(() -> add25(writer, aborted));
      }
    }

    var members = google.get(SERVICE).getBindings(0).getMembersList();
    assertThat(members).hasSize(200).doesNotHaveDuplicates();
    assertThat(google.emulator.calls().count("SetIamPolicy")).isEqualTo(200 + aborted.get());
  }

  @Test
  void close_endsACallThatHangs() throws InterruptedException {
    var hanging = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    google.emulator.onCall(call -> {
      hanging.countDown();
      await(never);
    });
    var outcome = new ConcurrentLinkedQueue<Status.Code>();
    var caller =
        Thread.startVirtualThread(
            () -> outcome.add(failure(() -> google.get(SERVICE)).getStatus().getCode()));
    hanging.await();

    google.emulator.close();

    caller.join();
    assertThat(outcome).containsExactly(Status.Code.UNAVAILABLE);
    never.countDown();
  }

  @Test
  void callerThatGivesUp_disturbsNobody() {
    var release = new CountDownLatch(1);
    google.emulator.onCall(call -> await(release));
    var impatient = google.run.withDeadlineAfter(Duration.ofMillis(50));
    var request = GetIamPolicyRequest.newBuilder().setResource(SERVICE).build();

    assertThat(failure(() -> impatient.getIamPolicy(request)).getStatus().getCode())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);

    release.countDown();
    assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
  }

  @Test
  void twoEmulatorsOfOneWorld_seeEachOthersWrites() {
    try (var other = new Google(Emulator.start(google.emulator.world()))) {
      var written =
          google.set(SERVICE, policy(binding("roles/run.invoker", "user:alice@example.com")));

      assertThat(other.get(SERVICE)).isEqualTo(written);
    }
  }

  private void add25(int writer, AtomicInteger aborted) {
    for (var i = 0; i < 25; i++) {
      while (!added("user:u" + writer + "-" + i + "@example.com")) {
        aborted.incrementAndGet();
      }
    }
  }

  private boolean added(String member) {
    var read = google.get(SERVICE);
    var next =
        read.toBuilder().setVersion(3).addBindings(binding("roles/run.invoker", member)).build();
    try {
      google.set(SERVICE, next);
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
