package dev.kleos.iam.google;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateAccessTokenResponse;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenResponse;
import com.google.cloud.iam.credentials.v1.IAMCredentialsGrpc;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /// Whatever sends it in a header would complain by repeating it.
  @ParameterizedTest
  @ValueSource(strings = {"", "canary\r\nX-Header: 1", "canary 2", "can\u00e4ry"})
  void aTokenThatNoHeaderCanHave_isNone_andIsNotRepeated(String token) throws IOException {
    var name = InProcessServerBuilder.generateName();
    var server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new Minting(token))
            .build();
    server.start();
    var account = Resource.Account.inProject("kleos-demo", "invoker");
    try (var cloud = GoogleCloud.over(InProcessChannelBuilder.forName(name))) {
      var tokens = cloud.tokens();
      for (var minting :
          List.<ThrowingCallable>of(
              () -> tokens.idToken(account, List.of(), "https://a.run.app"),
              () -> tokens.accessToken(account, List.of()))) {
        var thrown = catchThrowableOfType(CloudException.Unavailable.class, minting);

        assertThat(thrown.failure().code()).isEqualTo("DATA_LOSS");
        assertThat(thrown).hasMessage("Google answered with a token that cannot be sent.");
        assertThat(thrown).hasNoCause();
      }
    } finally {
      server.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({"'', user:alice@example.com", "roles/run.invoker, ''"})
  void aGrantOfNothing_orToNobody_isNotReadable(String role, String member) {
    try (var emulator = Emulator.start(World.demo());
        var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      var binding = Binding.newBuilder().setRole(role).addMembers(member);
      emulator
          .world()
          .putPolicy(House.SERVICE.name(), Policy.newBuilder().addBindings(binding).build());

      var thrown =
          catchThrowableOfType(
              CloudException.Unavailable.class, () -> cloud.policies().read(House.SERVICE));

      assertThat(thrown.failure().message())
          .isEqualTo("Google answered with a grant that has no role, or nobody as its member.");
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

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "100, 1", "101, 2", "201, 3"})
  void aListingOfAccounts_isOneReadAHundred(int accounts, int reads) {
    try (var emulator = Emulator.start(World.demo());
        var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      emulator.world().liftLimits();
      for (var i = 0; i < accounts; i++) {
        var account = Resource.Account.inProject("kleos-demo", "account-" + i);
        cloud.accounts().create(ServiceAccount.desired(account, null, null));
      }
      emulator.calls().clear();

      assertThat(cloud.accounts().list("kleos-demo")).hasSize(accounts);

      assertThat(emulator.calls().all()).hasSize(reads);
      assertThat(cloud.calls()).isEqualTo(new ApiCalls(reads, accounts));
    }
  }

  @Test
  void theUrlOfAService_isOneRead_andTheOneThatGoogleNames() {
    try (var emulator = Emulator.start(World.demo());
        var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      var channel = emulator.channelBuilder().build();
      var service =
          ServicesGrpc.newBlockingStub(channel)
              .getService(GetServiceRequest.newBuilder().setName(House.SERVICE.name()).build());
      channel.shutdownNow();

      assertThat(cloud.catalog().service(House.SERVICE).url()).isEqualTo(service.getUri());
      assertThat(cloud.calls()).isEqualTo(new ApiCalls(1, 0));
    }
  }

  private static final class Minting extends IAMCredentialsGrpc.IAMCredentialsImplBase {
    private final String token;

    Minting(String token) {
      this.token = token;
    }

    @Override
    public void generateIdToken(
        GenerateIdTokenRequest request, StreamObserver<GenerateIdTokenResponse> caller) {
      caller.onNext(GenerateIdTokenResponse.newBuilder().setToken(token).build());
      caller.onCompleted();
    }

    @Override
    public void generateAccessToken(
        GenerateAccessTokenRequest request, StreamObserver<GenerateAccessTokenResponse> caller) {
      caller.onNext(GenerateAccessTokenResponse.newBuilder().setAccessToken(token).build());
      caller.onCompleted();
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
