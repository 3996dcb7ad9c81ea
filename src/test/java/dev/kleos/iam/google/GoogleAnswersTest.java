package dev.kleos.iam.google;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.run.v2.ServicesGrpc;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Answers of Google that the emulator does not give by itself.
class GoogleAnswersTest {
  @Test
  void aStaleEtag_saidByAFailedPrecondition_isAConflictToo() {
    try (var emulator = Emulator.start(World.demo());
        var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      emulator.onCall(call -> {
        if (call.is("SetIamPolicy")) {
          throw Status.FAILED_PRECONDITION
              .withDescription("There were concurrent policy changes.")
              .asRuntimeException();
        }
      });
      var alice = grant("roles/run.invoker", "user:alice@example.com");
      var next = cloud.policies().read(House.SERVICE).withGrants(List.of(alice));

      assertThat(cloud.policies().compareAndSet(House.SERVICE, next))
          .isEqualTo(new Policies.Conflict());
    }
  }

  /// It could only be written back blindly.
  @Test
  void aPolicyWithoutAnEtag_isNotReadable() throws IOException {
    var name = InProcessServerBuilder.generateName();
    var server =
        InProcessServerBuilder.forName(name).directExecutor().addService(new NoEtags()).build();
    server.start();
    try (var cloud = GoogleCloud.over(InProcessChannelBuilder.forName(name))) {
      var thrown =
          catchThrowableOfType(
              CloudException.Unavailable.class, () -> cloud.policies().read(House.SERVICE));

      assertThat(thrown.failure().code()).isEqualTo("DATA_LOSS");
      assertThat(thrown.failure().resource()).isEqualTo(House.SERVICE.name());
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aListing_countsAsARead() {
    try (var emulator = Emulator.start(World.demo());
        var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      cloud.catalog().services("kleos-demo", "us-central1");

      assertThat(cloud.calls()).isEqualTo(new ApiCalls(1, 0));
    }
  }

  private static final class NoEtags extends ServicesGrpc.ServicesImplBase {
    @Override
    public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> caller) {
      caller.onNext(Policy.newBuilder().setVersion(1).build());
      caller.onCompleted();
    }
  }
}
