package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.authorization;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.iam.admin.v1.EnableServiceAccountRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {
  private final Google google = Google.demo();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void callerOf_withoutAHeader_isTheOperator() {
    assertThat(google.emulator.callerOf(null)).isEqualTo("operator");
  }

  @ParameterizedTest
  @CsvSource({
    "'', unknown",
    "Bearer, unknown",
    "'Bearer ', unknown",
    "'Bearer operator, Bearer operator', unknown",
    "Bearer operator, operator",
    "bearer operator, operator",
    "Bearer alice@example.com, alice@example.com",
    "'BEARER   Alice@Example.com ', Alice@Example.com",
    "Bearer ya29.a0AfB_secret, unknown",
    "Bearer a@b@c, unknown",
    "Bearer a b@c.d, unknown",
    "Bearer @example.com, unknown",
    "Basic YWxpY2U6c2VjcmV0, unknown",
    "Bearertoken, unknown",
    "alice@example.com, unknown",
  })
  void callerOf_saysWhoIsCalling_andNeverATokenItself(String header, String caller) {
    assertThat(google.emulator.callerOf(header)).isEqualTo(caller);
  }

  @Test
  void theLog_hasTheCaller_andNothingOfAnUnknownToken() {
    for (var header : List.of("Bearer alice@example.com", "Bearer ya29.secret", "Basic secret")) {
      failure(() ->
          google
              .projects
              .withInterceptors(authorization(header))
              .getProject(GetProjectRequest.newBuilder().setName(PROJECT).build()));
    }

    assertThat(google.emulator.calls().all())
        .extracting(Call::caller)
        .containsExactly("alice@example.com", "unknown", "unknown");
    assertThat(google.emulator.calls().answers().toString()).doesNotContain("secret");
  }

  @Test
  void anAccessToken_namesItsAccount_untilThatIsDisabledOrGone() {
    var uniqueId = google.create("invoker").getUniqueId();
    var header = "Bearer " + google.accessToken("invoker");
    assertThat(google.emulator.callerOf(header)).isEqualTo(email("invoker"));

    google.disable("invoker");
    assertThat(google.emulator.callerOf(header)).isEqualTo("unknown");

    google.delete("invoker");
    google.create("invoker");
    assertThat(google.emulator.callerOf(header)).isEqualTo("unknown");

    google.delete("invoker");
    google.undelete(uniqueId);
    google.iam.enableServiceAccount(
        EnableServiceAccountRequest.newBuilder().setName(Google.account("invoker")).build());
    assertThat(google.emulator.callerOf(header)).isEqualTo(email("invoker"));
  }

  @Test
  void anAccessToken_survivesTheEmulator(@TempDir Path folder) {
    var state = folder.resolve("state.json");
    String token;
    try (var first = new Google(Emulator.start(StateFile.open(state)))) {
      first.create("invoker");
      token = first.accessToken("invoker");
    }
    try (var second = new Google(Emulator.start(StateFile.open(state)))) {
      assertThat(second.emulator.callerOf("Bearer " + token)).isEqualTo(email("invoker"));
    }
  }

  @Test
  void anAccessToken_thatHasExpired_namesNobody() {
    google.create("invoker");
    var token = google.accessToken("invoker");

    assertThat(callerAt(Instant.now().plus(Duration.ofMinutes(59)), token))
        .isEqualTo(email("invoker"));
    assertThat(callerAt(Instant.now().plus(Duration.ofMinutes(61)), token)).isEqualTo("unknown");
  }

  @Test
  void accessTokens_areNeverTheSame_andHaveThePublicPrefix() {
    google.create("invoker");

    assertThat(google.accessToken("invoker"))
        .startsWith(AccessTokens.PREFIX)
        .isNotEqualTo(google.accessToken("invoker"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"sub\": 1, \"exp\": 4102444800}",
        "{\"sub\": \"x\"}",
        "{\"sub\": \"x\", \"exp\": \"4102444800\"}",
        "{\"sub\": \"x\", \"exp\": 1e999999999}",
        "{\"sub\": \"x\", \"exp\": 9223372036854775807}",
        "{\"sub\": \"x\", \"exp\": 4102444800, \"email\": \"a@b.c\"}",
      })
  void anAccessToken_thatIsMalformed_namesNobody(String claims) {
    var payload = Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));

    assertThat(google.emulator.callerOf("Bearer " + AccessTokens.PREFIX + payload + ".x"))
        .isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kleos-emulator.", "kleos-emulator.x", "kleos-emulator.!.x"})
  void anAccessToken_thatIsCutOff_namesNobody(String token) {
    assertThat(google.emulator.callerOf("Bearer " + token)).isEqualTo("unknown");
  }

  @Test
  void twoAccessTokens_nameNobody() {
    google.create("invoker");
    var header = "Bearer " + google.accessToken("invoker");

    assertThat(google.emulator.callerOf(header + ", " + header)).isEqualTo("unknown");
  }

  private String callerAt(Instant now, String token) {
    var clock = Clock.fixed(now, ZoneOffset.UTC);
    try (var later = Emulator.start(google.emulator.world(), clock)) {
      return later.callerOf("Bearer " + token);
    }
  }
}
