package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.email;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import dev.kleos.iam.emulator.server.EmulatorServer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls that take their time, or are none.
@Timeout(30)
class CallGateTest {
  private static final GetProjectRequest REQUEST =
      GetProjectRequest.newBuilder().setName(PROJECT).build();

  private final Google google = Google.demo();
  private final EmulatorServer server = EmulatorServer.start(google.emulator, 0);
  private final CompletableFuture<Status> ended = new CompletableFuture<>();

  @AfterEach
  void close() {
    server.close();
    google.close();
  }

  @Test
  void theCaller_isJudgedWhenTheCallRuns_notWhenItsRequestArrives() throws Exception {
    google.create("invoker");
    var call = begin(google.channel, "Bearer " + email("invoker"));
    call.sendMessage(REQUEST);
    while (google.emulator.calls().count("GetProject") == 0) {
      Thread.sleep(5);
    }
    google.disable("invoker");
    call.halfClose();

    assertThat(ended.get().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void aCallWithoutARequest_isAnsweredByGrpc() throws Exception {
    begin(google.channel, "Bearer operator").halfClose();

    assertThat(ended.get().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(ended.get().getDescription()).isEqualTo("Half-closed without a request");
  }

  @Test
  void aCallWithoutARequest_isAnsweredOverTheNetworkToo() throws Exception {
    var channel = ManagedChannelBuilder.forTarget(server.grpcHost()).usePlaintext().build();
    try {
      begin(channel, "Bearer ya29.secret").halfClose();

      assertThat(ended.get().getCode()).isEqualTo(Status.Code.INTERNAL);
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aCallOfTwoRequests_isAnsweredOnce() throws Exception {
    var call = begin(google.channel, "Bearer ya29.secret");
    call.sendMessage(REQUEST);
    call.sendMessage(REQUEST);
    call.halfClose();

    assertThat(ended.get().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(google.get(PROJECT)).isNotNull();
  }

  private ClientCall<GetProjectRequest, Project> begin(Channel channel, String authorization) {
    // As a stream, since for a unary call the client holds the request back.
    var method =
        ProjectsGrpc.getGetProjectMethod().toBuilder()
            .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
            .build();
    var call = channel.newCall(method, CallOptions.DEFAULT);
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        headers);
    call.request(2);
    return call;
  }
}
