package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.ByteString;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every annotated method of every service that is not deprecated is reached by each of its paths.
class RoutesTest {
  private static final Emulator EMULATOR = Emulator.start(World.demo());
  private static final Routes ROUTES = new Routes(EMULATOR.services());

  /// One binding of one method.
  record Rule(MethodDescriptor<?, ?> call, HttpRule rule) {
    String verb() {
      return rule.getPatternCase().name();
    }

    String template() {
      return switch (rule.getPatternCase()) {
        case GET -> rule.getGet();
        case PUT -> rule.getPut();
        case POST -> rule.getPost();
        case DELETE -> rule.getDelete();
        case PATCH -> rule.getPatch();
        case CUSTOM, PATTERN_NOT_SET -> throw new AssertionError(rule);
      };
    }

    @Override
    public String toString() {
      return call.getFullMethodName() + " " + verb() + " " + template();
    }
  }

  @AfterAll
  static void close() {
    EMULATOR.close();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void match_aPathOfARule_findsItsMethod(Rule rule) {
    var path = rule.template().replaceAll("\\{[^=}]+=([^}]*)}", "$1").replaceAll("\\{[^}]*}", "x");

    var match = ROUTES.match(request(rule.verb(), path.replace("*", "some-thing"))).orElseThrow();

    assertThat(match.route().call()).isSameAs(rule.call());
    assertThat(match.route().body()).isEqualTo(rule.rule().getBody());
    assertThat(match.variables().values())
        .allMatch(value -> path.contains(value.replace("some-thing", "*")));
  }

  @Test
  void rules_areThoseOfAllServices() {
    assertThat(rules().map(rule -> rule.call().getServiceName()).distinct())
        .contains(
            "google.iam.admin.v1.IAM",
            "google.cloud.run.v2.Services",
            "google.iam.credentials.v1.IAMCredentials",
            "google.cloud.resourcemanager.v3.Projects",
            "google.api.serviceusage.v1.ServiceUsage");
  }

  @Test
  void match_olderVersions_meanTheSameMethods() {
    assertThat(found("GET", "/v1/" + Rest.SERVICE + ":getIamPolicy"))
        .isEqualTo("google.cloud.run.v2.Services/GetIamPolicy");
    assertThat(found("POST", "/v1/projects/p:setIamPolicy"))
        .isEqualTo("google.cloud.resourcemanager.v3.Projects/SetIamPolicy");
  }

  @Test
  void match_aColonThatIsNoVerb_belongsToTheName() {
    var match = ROUTES.match(request("GET", "/v3/projects/example.com:kleos")).orElseThrow();

    assertThat(match.variables()).isEqualTo(Map.of("name", "projects/example.com:kleos"));
  }

  @Test
  void match_aVerbOfAnotherMethod_isNeverTakenForAName() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () -> ROUTES.match(request("GET", "/v1/projects/p/serviceAccounts/s:setIamPolicy")))
        .satisfies(e -> assertThat(e.answer().headers()).containsEntry("Allow", "POST"));
  }

  @Test
  void match_aPathOfOtherVerbs_saysWhich() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> ROUTES.match(request("PUT", "/v1/projects/p/serviceAccounts")))
        .satisfies(e -> assertThat(e.answer().headers()).containsEntry("Allow", "GET, POST"));
  }

  @Test
  void match_anUnknownPath_isEmpty() {
    assertThat(ROUTES.match(request("GET", "/v9/projects/p"))).isEmpty();
    assertThat(ROUTES.match(request("GET", "/"))).isEmpty();
  }

  private static Stream<Rule> rules() {
    return EMULATOR.services().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(ServerMethodDefinition::getMethodDescriptor)
        .flatMap(call -> rules(call).map(rule -> new Rule(call, rule)));
  }

  private static Stream<HttpRule> rules(MethodDescriptor<?, ?> call) {
    if (!(call.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier proto)) {
      throw new AssertionError(call);
    }
    var options = proto.getMethodDescriptor().getOptions();
    if (!options.hasExtension(AnnotationsProto.http) || options.getDeprecated()) {
      return Stream.empty();
    }
    var first = options.getExtension(AnnotationsProto.http);
    var all = new ArrayList<>(List.of(first));
    all.addAll(first.getAdditionalBindingsList());
    return all.stream();
  }

  private static String found(String verb, String path) {
    return ROUTES.match(request(verb, path)).orElseThrow().route().call().getFullMethodName();
  }

  private static RestRequest request(String verb, String path) {
    return RestRequest.of(verb, "127.0.0.1", path, "", List.of(), null, ByteString.EMPTY);
  }
}
