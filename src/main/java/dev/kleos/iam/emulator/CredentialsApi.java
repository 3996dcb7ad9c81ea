package dev.kleos.iam.emulator;

import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateAccessTokenResponse;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenResponse;
import com.google.cloud.iam.credentials.v1.IAMCredentialsGrpc;
import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// `google.iam.credentials.v1.IAMCredentials`: tokens of service accounts. The methods that sign
/// answer UNIMPLEMENTED.
final class CredentialsApi extends IAMCredentialsGrpc.IAMCredentialsImplBase {
  private static final Duration MAX_LIFETIME = Duration.ofHours(1);

  private final World world;
  private final Clock clock;
  private final AccessTokens accessTokens;
  private final Delegation delegation;

  CredentialsApi(World world, Clock clock, AccessTokens accessTokens, Access access) {
    this.world = world;
    this.clock = clock;
    this.accessTokens = accessTokens;
    this.delegation = new Delegation(world, access);
  }

  @Override
  public void generateAccessToken(
      GenerateAccessTokenRequest request, StreamObserver<GenerateAccessTokenResponse> caller) {
    Answer.to(caller, () -> accessToken(request));
  }

  @Override
  public void generateIdToken(
      GenerateIdTokenRequest request, StreamObserver<GenerateIdTokenResponse> caller) {
    Answer.to(caller, () -> idToken(request));
  }

  /// **Documented**: a scope is required; one hour unless said otherwise.
  private GenerateAccessTokenResponse accessToken(GenerateAccessTokenRequest request) {
    var account =
        account(
            request.getName(), request.getDelegatesList(), "iam.serviceAccounts.getAccessToken");
    if (request.getScopeList().stream().allMatch(String::isBlank)) {
      throw Errors.invalidArgument();
    }
    var lifetime = lifetime(request);
    var expiry = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(lifetime);
    return GenerateAccessTokenResponse.newBuilder()
        .setAccessToken(accessTokens.mint(account, expiry))
        .setExpireTime(Timestamp.newBuilder().setSeconds(expiry.getEpochSecond()))
        .build();
  }

  /// **Documented**: the audience is required.
  private GenerateIdTokenResponse idToken(GenerateIdTokenRequest request) {
    var account =
        account(
            request.getName(), request.getDelegatesList(), "iam.serviceAccounts.getOpenIdToken");
    if (request.getAudience().isBlank()) {
      throw Errors.invalidArgument();
    }
    var email = request.getIncludeEmail();
    return GenerateIdTokenResponse.newBuilder()
        .setToken(IdTokens.ofAccount(account, request.getAudience(), email, clock.instant()))
        .build();
  }

  /// One hour at most, since no organization here allows more (**documented**; the text is
  /// **recorded**). Parts of a second do not count (**assumed**).
  private static Duration lifetime(GenerateAccessTokenRequest request) {
    if (!request.hasLifetime()) {
      return MAX_LIFETIME;
    }
    var seconds = request.getLifetime().getSeconds();
    if (seconds > MAX_LIFETIME.toSeconds()) {
      throw Errors.invalid("The access token lifetime cannot exceed 3600 seconds.");
    }
    if (seconds <= 0) {
      throw Errors.invalidArgument(); // assumed
    }
    return Duration.ofSeconds(seconds);
  }

  private Account account(String name, List<String> delegates, String permission) {
    var caller = CallGate.caller();
    return world.read(() -> delegation.account(caller, name, delegates, permission));
  }
}
