package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.Role;
import com.google.iam.v1.Binding;
import io.grpc.Status.Code;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets tokens of whom, directly and through others.
class DelegationTest {
  private static final String ALICE = "alice@example.com";
  private static final String TARGET = "invoker";

  private final Google google = Google.demo();
  private final Google alice = google.as(ALICE);

  @BeforeEach
  void furnish() {
    for (var role : List.of("implicitDelegation", "getAccessToken", "getOpenIdToken")) {
      var name = PROJECT + "/roles/" + role;
      google
          .emulator
          .world()
          .write(() -> {
            var permission = "iam.serviceAccounts." + role;
            google
                .emulator
                .world()
                .roles
                .put(
                    name,
                    Role.newBuilder().setName(name).addIncludedPermissions(permission).build());
            return name;
          });
    }
    Stream.of(TARGET, "delegate-1", "delegate-2", "delegate-3").forEach(google::create);
  }

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aChain_whoseEveryLinkIsThere_endsInAToken(int length) {
    grantAllBut(length, -1);

    assertThat(accessToken(alice, length)).startsWith(AccessTokens.PREFIX);
    assertThat(idToken(alice, length)).isNotEmpty();
  }

  static Stream<Arguments> links() {
    return IntStream.rangeClosed(0, 3)
        .boxed()
        .flatMap(length ->
            IntStream.rangeClosed(0, length).mapToObj(missing -> Arguments.of(length, missing)));
  }

  @ParameterizedTest
  @MethodSource("links")
  void aChain_thatMissesALink_isRefusedForThatLink(int length, int missing) {
    grantAllBut(length, missing);

    for (var kind : List.of("getAccessToken", "getOpenIdToken")) {
      var failure =
          failure(() -> {
            var _ =
                kind.equals("getAccessToken") ? accessToken(alice, length) : idToken(alice, length);
          });
      assertThat(failure.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
      assertThat(failure.getStatus().getDescription())
          .isEqualTo(
              "Permission 'iam.serviceAccounts."
                  + (missing == length ? kind : "implicitDelegation")
                  + "' denied on resource (or it may not exist).");
    }
  }

  @Test
  void theRightToOneKindOfToken_isNoRightToTheOther() {
    google.set(account(TARGET), policy(binding(role("getOpenIdToken"), "user:" + ALICE)));

    assertThat(idToken(alice, 0)).isNotEmpty();
    assertThat(failure(() -> accessToken(alice, 0)).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void anOwner_hasNoRightToTokens_andATokenCreatorHas() {
    google.set(PROJECT, policy(binding("roles/owner", "user:" + ALICE)));
    assertThat(failure(() -> accessToken(alice, 0)).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);

    google.set(
        account(TARGET), policy(binding("roles/iam.serviceAccountTokenCreator", "user:" + ALICE)));
    assertThat(accessToken(alice, 0)).startsWith(AccessTokens.PREFIX);
  }

  @Test
  void whatAnAccountMayDo_itsTokenMay_untilTheAccountIsDisabledOrGone() {
    google.set(
        PROJECT,
        policy(binding("roles/iam.serviceAccountViewer", "serviceAccount:" + email(TARGET))));
    var invoker = google.as(accessToken(google, 0));
    assertThat(list(invoker)).isEqualTo(4);
    assertThat(list(google.as(email(TARGET)))).isEqualTo(4);

    google.disable(TARGET);
    for (var token : List.of(invoker, google.as(email(TARGET)))) {
      assertThat(failure(() -> list(token)).getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    }
  }

  @Test
  void theSuccessorOfAnAccount_hasNothingOfWhatItHad() {
    google.set(
        PROJECT,
        policy(binding("roles/iam.serviceAccountViewer", "serviceAccount:" + email(TARGET))));
    var before = google.as(accessToken(google, 0));
    google.delete(TARGET);
    google.create(TARGET);

    assertThat(failure(() -> list(before)).getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(failure(() -> list(google.as(email(TARGET)))).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void aDisabledDelegate_passesNothingOn_andIsNotToldToWhomMayNotAsk() {
    grantAllBut(1, -1);
    google.disable("delegate-1");

    assertThat(failure(() -> accessToken(alice, 1)).getStatus().getDescription())
        .isEqualTo("Service account " + email("delegate-1") + " is disabled.");
    assertThat(failure(() -> accessToken(google.as("bob@example.com"), 1)).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  /// @param length how many delegates there are
  /// @param missing which link is not there, counted from the caller
  private void grantAllBut(int length, int missing) {
    for (var link = 0; link <= length; link++) {
      var from = link == 0 ? "user:" + ALICE : "serviceAccount:" + email("delegate-" + link);
      var to = link == length ? TARGET : "delegate-" + (link + 1);
      var roles =
          link < length
              ? List.of("implicitDelegation")
              : List.of("getAccessToken", "getOpenIdToken");
      var bindings = roles.stream().map(role -> binding(role(role), from)).toArray(Binding[]::new);
      google.set(account(to), link == missing ? policy() : policy(bindings));
    }
  }

  private static String role(String permission) {
    return PROJECT + "/roles/" + permission;
  }

  private static List<String> delegates(int length) {
    return IntStream.rangeClosed(1, length).mapToObj(i -> name("delegate-" + i)).toList();
  }

  private static String accessToken(Google who, int length) {
    return who.credentials
        .generateAccessToken(
            GenerateAccessTokenRequest.newBuilder()
                .setName(name(TARGET))
                .addScope("s")
                .addAllDelegates(delegates(length))
                .build())
        .getAccessToken();
  }

  private static String idToken(Google who, int length) {
    return who.credentials
        .generateIdToken(
            GenerateIdTokenRequest.newBuilder()
                .setName(name(TARGET))
                .setAudience("a")
                .addAllDelegates(delegates(length))
                .build())
        .getToken();
  }

  private static int list(Google who) {
    return who.iam
        .listServiceAccounts(ListServiceAccountsRequest.newBuilder().setName(PROJECT).build())
        .getAccountsCount();
  }

  private static String name(String id) {
    return "projects/-/serviceAccounts/" + email(id);
  }
}
