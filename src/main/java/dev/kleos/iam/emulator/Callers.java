package dev.kleos.iam.emulator;

import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who makes a call, by the access token that comes with it.
///
/// A token never leaves this class: what is none of ours could be somebody's real one.
final class Callers {
  /// The caller without a token, who may do everything.
  static final String OPERATOR = "operator";

  static final String UNKNOWN = "unknown";
  private static final Pattern BEARER = Pattern.compile("(?i:bearer)\\s+(\\S+)");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private final World world;
  private final Clock clock;
  private final AccessTokens tokens;

  Callers(World world, Clock clock, AccessTokens tokens) {
    this.world = world;
    this.clock = clock;
    this.tokens = tokens;
  }

  /// The caller that an `authorization` header names: `operator` without a token, the e-mail that
  /// stands in place of a token, or the principal that a token was minted for here; else `unknown`.
  String of(@Nullable String authorization) {
    return token(authorization).map(this::nameOf).orElse(UNKNOWN);
  }

  /// The caller that an `authorization` header stands for.
  ///
  /// @param method the full gRPC method that is called, which a refusal names
  /// @throws StatusRuntimeException `UNAUTHENTICATED`, when it stands for nobody
  Identity identify(@Nullable String authorization, String method) {
    var token = token(authorization).orElseThrow(() -> Unauthenticated.unsupported(method));
    if (token.equals(OPERATOR)) {
      return new Identity.Operator();
    }
    return isEmail(token) ? ofAddress(token, method) : ofMinted(token, method);
  }

  /// Whether a text names a person or an account, rather than being a secret.
  static boolean isEmail(String text) {
    return EMAIL.matcher(text).matches();
  }

  /// What follows `Bearer`; the operator where there is no header. Empty where the header is of
  /// another form, several in one, or without a token: whatever was to fetch one has failed.
  private static Optional<String> token(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.of(OPERATOR);
    }
    return Optional.of(BEARER.matcher(authorization.strip()))
        .filter(Matcher::matches)
        .map(header -> header.group(1));
  }

  private String nameOf(String token) {
    if (token.equals(OPERATOR)) {
      return OPERATOR;
    }
    return isEmail(token) ? token : tokens.caller(token).orElse(UNKNOWN);
  }

  /// A group has no credentials of its own (**documented**).
  private Identity ofAddress(String address, String method) {
    return world.read(() -> {
      if (Emails.isServiceAccount(address)) {
        return usable(world.accounts.live(address), address, method);
      }
      if (world.persons.isGroup(address)) {
        throw Unauthenticated.unsupported(method);
      }
      return new Identity.Person(world.persons.primary(address));
    });
  }

  private Identity ofMinted(String token, String method) {
    var bearer = tokens.read(token).orElseThrow(() -> Unauthenticated.unsupported(method));
    if (!clock.instant().isBefore(bearer.expiry())) {
      throw Unauthenticated.expired(method);
    }
    return bearer
        .email()
        .map(email -> world.read(() -> usable(tokens.account(bearer), email, method)))
        .orElseGet(() -> new Identity.Federated(bearer.subject()));
  }

  private static Identity usable(Optional<Account> account, String email, String method) {
    return account
        .filter(Account::usable)
        .<Identity>map(Identity.ServiceAccount::new)
        .orElseThrow(() -> Unauthenticated.accountState(email, method));
  }
}
