package dev.kleos.iam.emulator.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc.ProjectsBlockingStub;
import com.google.gson.JsonParser;
import dev.kleos.iam.emulator.Call;
import dev.kleos.iam.emulator.Fault;
import dev.kleos.iam.emulator.FaultKind;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Faults and clock as other processes set them, and what these then see on the wire.
@Timeout(60)
class FaultPathsTest {
  private static final String FAULTS = "/_emulator/faults";
  private static final String PROJECT = "/v3/projects/kleos-demo";
  private static final String WRITE = "/v3/projects/kleos-demo:setIamPolicy";
  private static final String POLICY =
      "{\"policy\": {\"bindings\": [{\"role\": \"roles/browser\", \"members\": [\"user:a@example.com\"]}]}}";

  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void whatIsPosted_isAdded_andShowsWhatIsLeftOfIt() {
    rest.post(
        FAULTS, "{\"faults\": [{\"fault\": \"status\", \"code\": \"UNAVAILABLE\", \"count\": 3}]}");
    rest.get(PROJECT);
    rest.post(
        FAULTS,
        """
        {"faults": [
          {"fault": "flapping-accounts", "for": "60s", "method": "Get*"},
          {"fault": "status", "code": "ABORTED", "message": "m", "retryDelay": "90s"},
          {"fault": "latency", "time": "20ms", "after": 2, "resource": "projects/*"},
          {"fault": "short-page"}
        ]}
        """);

    assertThat(rest.get(FAULTS).json())
        .isEqualTo(
            JsonParser.parseString(
                """
                {"faults": [
                  {"fault": "status", "method": "*", "resource": "*", "after": 0, "count": 3,
                   "code": "UNAVAILABLE", "left": 2, "injected": 1},
                  {"fault": "flapping-accounts", "method": "Get*", "resource": "*", "after": 0,
                   "count": "always", "for": "1m", "left": "always", "injected": 0},
                  {"fault": "status", "method": "*", "resource": "*", "after": 0, "count": 1,
                   "code": "ABORTED", "message": "m", "retryDelay": "90s", "left": 1, "injected": 0},
                  {"fault": "latency", "method": "*", "resource": "projects/*", "after": 2,
                   "count": 1, "time": "20ms", "left": 1, "injected": 0},
                  {"fault": "short-page", "method": "*", "resource": "*", "after": 0, "count": 1,
                   "entries": 0, "left": 1, "injected": 0}
                ]}
                """));
  }

  @Test
  void delete_endsThemAll() {
    rest.post(FAULTS, "{\"faults\": [{\"fault\": \"connection-cut\", \"count\": \"always\"}]}");

    rest.send("DELETE", FAULTS, "");

    assertThat(rest.get(PROJECT).status()).isEqualTo(200);
    assertThat(rest.get(FAULTS).array("faults")).isEmpty();
  }

  @Test
  void whatIsMalformed_isRefusedAsAWhole_sayingWhere() {
    var answer =
        rest.post(FAULTS, "{\"faults\": [{\"fault\": \"conflict\"},\n {\"fault\": \"nonsense\"}]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .startsWith("body:2:12: faults[1].fault must be one of answer-lost, ");
    assertThat(rest.get(FAULTS).array("faults")).isEmpty();
    assertThat(rest.send("PUT", FAULTS, "{}").status()).isEqualTo(405);
    assertThat(rest.emulator.calls().all()).isEmpty();
  }

  @Test
  void status_isAnHttpStatus_withRetryInfo() {
    rest.post(
        FAULTS,
        "{\"faults\": [{\"fault\": \"status\", \"code\": \"RESOURCE_EXHAUSTED\", \"retryDelay\": \"2s\"}]}");

    var refused = rest.get(PROJECT);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.error().get("details").toString())
        .contains("google.rpc.RetryInfo", "\"retryDelay\":\"2s\"");
    assertThat(rest.get(PROJECT).status()).isEqualTo(200);
  }

  @Test
  void conflict_is409() {
    rest.post(FAULTS, "{\"faults\": [{\"fault\": \"conflict\"}]}");

    assertThat(rest.post(WRITE, POLICY).status()).isEqualTo(409);
    assertThat(rest.post(WRITE, POLICY).status()).isEqualTo(200);
  }

  @Test
  void connectionCut_endsTheConnectionWithoutAnAnswer_andNothingIsDone() throws IOException {
    rest.post(
        FAULTS, "{\"faults\": [{\"fault\": \"connection-cut\", \"method\": \"SetIamPolicy\"}]}");

    assertThat(write()).isEmpty();

    assertThat(bindings()).isZero();
    assertThat(write()).startsWith("HTTP/1.1 200 OK\r\n");
    assertThat(bindings()).isOne();
  }

  @Test
  void answerLost_endsTheConnectionWithoutAnAnswer_andTheWriteIsDone() throws IOException {
    rest.post(FAULTS, "{\"faults\": [{\"fault\": \"answer-lost\", \"method\": \"SetIamPolicy\"}]}");

    assertThat(write()).isEmpty();

    assertThat(bindings()).isOne();
  }

  @Test
  void shortPages_areFollowedByTheirTokens() {
    for (var i = 10; i < 15; i++) {
      rest.emulator
          .world()
          .ensureAccount("kleos-demo", "a" + i + "@kleos-demo.iam.gserviceaccount.com");
    }
    rest.post(
        FAULTS,
        "{\"faults\": [{\"fault\": \"short-page\"}, {\"fault\": \"short-page\", \"entries\": 2, \"count\": 2},"
            + " {\"fault\": \"short-page\"}]}");

    var sizes = new StringBuilder();
    var names = new ArrayList<String>();
    var token = "";
    do {
      var page = rest.get("/v1/projects/kleos-demo/serviceAccounts?pageSize=4&pageToken=" + token);
      sizes.append(page.array("accounts").size());
      page.array("accounts")
          .forEach(
              each -> names.add(each.getAsJsonObject().get("email").getAsString().substring(0, 3)));
      token = page.json().has("nextPageToken") ? page.text("nextPageToken") : "";
    } while (!token.isEmpty());

    assertThat(sizes).hasToString("02201");
    assertThat(names).containsExactly("a10", "a11", "a12", "a13", "a14");
  }

  @Test
  void everyList_canBeShort_andLosesNothing() {
    rest.emulator.world().ensureService("kleos-demo", "us-central1", "another");
    for (var list :
        List.of(
            "/v2/projects/kleos-demo/locations/us-central1/services?",
            "/v1/roles?pageSize=1000&",
            "/v1/projects/kleos-demo/services?")) {
      var field = list.contains("roles") ? "roles" : "services";
      var all = rest.get(list).array(field).size();
      rest.emulator.faults().add(Fault.of("List*", new FaultKind.ShortPage(0)));
      rest.emulator.faults().add(Fault.of("List*", new FaultKind.ShortPage(1)));
      var empty = rest.get(list);
      assertThat(empty.array(field)).isEmpty();
      var one = rest.get(list + "pageToken=" + empty.text("nextPageToken"));
      assertThat(one.array(field)).hasSize(1);
      var last = rest.get(list + "pageToken=" + one.text("nextPageToken"));
      assertThat(last.array(field)).hasSize(all - 1).isNotEmpty();
      assertThat(last.json().has("nextPageToken")).isFalse();
    }
  }

  @Test
  void clock_isPutForward() {
    var before = rest.get("/_emulator/clock").text("now");
    var after = rest.post("/_emulator/clock", "{\"advance\": \"24h\"}").text("now");

    assertThat(Duration.between(Instant.parse(before), Instant.parse(after)))
        .isBetween(Duration.ofHours(24), Duration.ofHours(25));
    assertThat(rest.post("/_emulator/clock", "{\"advance\": \"-1h\"}").message())
        .isEqualTo(
            "body:1:13: advance must be a time, such as 200ms, 30s, 5m, 24h or 2d; mend that, nothing was changed");
    for (var i = 0; i < 2; i++) {
      assertThat(rest.post("/_emulator/clock", "{\"advance\": \"999999d\"}").status())
          .isEqualTo(200);
    }
    var refused = rest.post("/_emulator/clock", "{\"advance\": \"999999d\"}");
    assertThat(refused.status()).as(refused.raw().body()).isEqualTo(400);
  }

  /// The client itself sends a call again that a connection was lost with, once.
  @Test
  void overGrpc_aConnectionIsCut_withAllThatIsUnderWayOnIt() throws Exception {
    rest.emulator
        .faults()
        .add(Fault.of("GetProject", new FaultKind.ConnectionCut()).on("projects/123*"));
    var waiting = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    rest.emulator.onCall(call -> {
      if (call.resource().equals("projects/kleos-demo") && waiting.getCount() > 0) {
        waiting.countDown();
        await(released);
      }
    });
    var channel = channel();
    try {
      var projects = ProjectsGrpc.newBlockingStub(channel);
      var other = new CompletableFuture<String>();
      Thread.startVirtualThread(() -> other.complete(end(projects, "projects/kleos-demo")));
      await(waiting);

      assertThat(end(projects, "projects/123456789012")).isEqualTo("OK");

      assertThat(other.get()).isEqualTo("OK");
      assertThat(rest.emulator.calls().all())
          .extracting(Call::resource)
          .containsExactlyInAnyOrder(
              "projects/123456789012",
              "projects/123456789012",
              "projects/kleos-demo",
              "projects/kleos-demo");
    } finally {
      released.countDown();
      channel.shutdownNow();
    }
  }

  @Test
  void overGrpc_aConnectionThatIsCutTwice_isAFailureOfTheNetwork_andTheNextOneWorks() {
    rest.emulator.faults().add(Fault.of("GetProject", new FaultKind.ConnectionCut()).times(2));
    var channel = channel();
    try {
      var projects = ProjectsGrpc.newBlockingStub(channel);

      assertThat(end(projects, "projects/kleos-demo"))
          .startsWith("UNAVAILABLE: ")
          .doesNotContain("emulator");
      assertThat(end(projects, "projects/kleos-demo")).isEqualTo("OK");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void overGrpc_anAnswerIsLost_onAConnectionThatStays() {
    rest.emulator.faults().add(Fault.of("GetProject", new FaultKind.AnswerLost()));
    var channel = channel();
    try {
      var projects = ProjectsGrpc.newBlockingStub(channel);

      assertThat(end(projects, "projects/kleos-demo"))
          .isEqualTo("UNAVAILABLE: The answer was lost: a fault of the emulator.");
      assertThat(end(projects, "projects/kleos-demo")).isEqualTo("OK");
    } finally {
      channel.shutdownNow();
    }
  }

  private static String end(ProjectsBlockingStub projects, String name) {
    try {
      assertThat(projects.getProject(GetProjectRequest.newBuilder().setName(name).build()))
          .isNotNull();
      return "OK";
    } catch (StatusRuntimeException e) {
      return e.getMessage() == null ? "" : e.getMessage();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Assertions.fail(e);
    }
  }

  private ManagedChannel channel() {
    return ManagedChannelBuilder.forTarget(rest.server.grpcHost()).usePlaintext().build();
  }

  /// By hand, since clients may send again what was not answered.
  private String write() throws IOException {
    try (var socket = rest.connect()) {
      var request =
          "POST "
              + WRITE
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
              + POLICY.length()
              + "\r\n\r\n"
              + POLICY;
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private int bindings() {
    return rest.emulator.world().policy("projects/kleos-demo").getBindingsCount();
  }
}
