package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A call over HTTP is the call over gRPC.
class TranscoderTest {
  private static final String ACCOUNT =
      "/v1/projects/kleos-demo/serviceAccounts/kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String BINDINGS =
      "\"bindings\": [{\"role\": \"roles/run.invoker\", \"members\": [\"user:a@example.com\"]}]";

  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void create_takesTheBodyAndThePath() {
    var created = create();

    assertThat(created.status()).isEqualTo(200);
    assertThat(created.text("projectId")).isEqualTo("kleos-demo");
    assertThat(created.text("displayName")).isEqualTo("Kleos invoker");
    assertThat(created.text("uniqueId")).hasSize(21);
    assertThat(rest.get(ACCOUNT.replace("@", "%40")).json()).isEqualTo(created.json());
  }

  @Test
  void anError_hasGooglesForm() {
    create();
    var answer = create();

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.error().get("code").getAsInt()).isEqualTo(409);
    assertThat(answer.error().get("status").getAsString()).isEqualTo("ALREADY_EXISTS");
    assertThat(answer.message())
        .isEqualTo("Service account ID already exists within project projects/kleos-demo.");
    var detail = answer.error().getAsJsonArray("details").get(0).getAsJsonObject();
    assertThat(detail.get("@type").getAsString())
        .isEqualTo("type.googleapis.com/google.rpc.ResourceInfo");
    assertThat(detail.get("resourceName").getAsString())
        .endsWith("kleos-invoker@kleos-demo.iam.gserviceaccount.com");
  }

  @Test
  void patch_takesAMaskAsText_andThePathFillsANestedField() {
    create();
    var patched =
        rest.send(
            "PATCH",
            ACCOUNT,
            "{\"service_account\": {\"name\": \"overruled\", \"description\": \"new\"},"
                + " \"updateMask\": \"description\"}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(rest.get(ACCOUNT).text("description")).isEqualTo("new");
    assertThat(rest.get(ACCOUNT).text("displayName")).isEqualTo("Kleos invoker");
  }

  @Test
  void query_fillsNestedFieldsInBothSpellings() {
    rest.emulator.world().putPolicy(Rest.SERVICE, conditional());

    for (var parameter :
        new String[] {"options.requestedPolicyVersion", "options.requested_policy_version"}) {
      assertThat(
              rest.get("/v2/" + Rest.SERVICE + ":getIamPolicy?" + parameter + "=3")
                  .json()
                  .get("version")
                  .getAsInt())
          .as(parameter)
          .isEqualTo(3);
    }
    assertThat(rest.get("/v2/" + Rest.SERVICE + ":getIamPolicy").json().get("version").getAsInt())
        .isEqualTo(1);
  }

  @Test
  void etag_isReadInBothFormsOfBase64() {
    for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
      var etag = setPolicy("").text("etag");
      while (!etag.matches(".*[+/].*")) { // a time: before long the alphabets write it differently
        etag = setPolicy(etag).text("etag");
      }

      var written = setPolicy(encoder.encodeToString(Base64.getDecoder().decode(etag)));

      assertThat(written.status()).as(written.raw().body()).isEqualTo(200);
    }
  }

  @Test
  void staleEtag_isAborted() {
    setPolicy("");

    var answer =
        rest.post("/v1/projects/kleos-demo:setIamPolicy", "{\"policy\": {\"etag\": \"ACAB\"}}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.error().get("status").getAsString()).isEqualTo("ABORTED");
    assertThat(rest.emulator.world().policy("projects/kleos-demo").getBindingsCount()).isEqualTo(1);
  }

  @Test
  void enums_areNames_orNumbersWhereAskedFor() {
    var path = "/v2/" + Rest.SERVICE;

    assertThat(rest.get(path).text("ingress")).isEqualTo("INGRESS_TRAFFIC_ALL");
    assertThat(rest.get(path + "?$alt=json;enum-encoding=int").text("ingress")).isEqualTo("1");
    assertThat(rest.get(path + "?%24alt=json%3Benum-encoding%3Dint").text("ingress"))
        .isEqualTo("1");
  }

  @Test
  void aRequest_isOneCall() {
    rest.get("/v1/" + Rest.SERVICE + ":getIamPolicy?options.requestedPolicyVersion=3");

    assertThat(rest.emulator.calls().all())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.method()).isEqualTo("google.cloud.run.v2.Services/GetIamPolicy");
          assertThat(call.resource()).isEqualTo(Rest.SERVICE);
        });
  }

  private Rest.Answer create() {
    return rest.post(
        "/v1/projects/kleos-demo/serviceAccounts",
        "{\"accountId\": \"kleos-invoker\", \"serviceAccount\": {\"displayName\": \"Kleos invoker\"}}");
  }

  private Rest.Answer setPolicy(String etag) {
    return rest.post(
        "/v1/projects/kleos-demo:setIamPolicy",
        "{\"policy\": {" + BINDINGS + ", \"etag\": \"" + etag + "\"}}");
  }

  private static Policy conditional() {
    var binding =
        Binding.newBuilder().setRole("roles/run.invoker").addMembers("user:a@example.com");
    binding.getConditionBuilder().setTitle("t").setExpression("true");
    return Policy.newBuilder().addBindings(binding).build();
  }
}
