package dev.kleos.iam.emulator;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out who calls a Cloud Run service, by the ID token that comes with the request.
record Visitors(World world, IdTokenCheck check) {
  private static final Pattern BEARER = Pattern.compile("(?i:bearer)(?:\\s+(.*))?");

  /// What the tokens of `gcloud auth print-identity-token` are for, which are a person's own, for
  /// experiments (**recorded**).
  static final String GCLOUD = "32555940559.apps.googleusercontent.com";

  /// **Documented**: where there is `X-Serverless-Authorization`, nothing else is looked at. What
  /// has no form of a bearer token is no credential (**assumed**).
  Visitor of(FrontEndRequest request, Destination found) {
    return request
        .header("X-Serverless-Authorization")
        .or(() -> request.header("Authorization"))
        .map(header -> BEARER.matcher(header.strip()))
        .filter(header -> header.matches() && header.group(1) != null)
        .map(header -> ofToken(header.group(1), found))
        .orElseGet(Visitor.Anonymous::new);
  }

  private Visitor ofToken(String token, Destination found) {
    return check
        .claims(token, audiences(found))
        .map(this::ofClaims)
        .orElseGet(Visitor.Unverified::new);
  }

  /// **Documented**: every address of the service, also with a slash at its end, the custom
  /// audiences, and gcloud itself.
  private static Set<String> audiences(Destination found) {
    var addresses = found.addresses().stream().flatMap(url -> Stream.of(url, url + "/"));
    return Stream.of(
            addresses, found.service().settings().customAudiences().stream(), Stream.of(GCLOUD))
        .flatMap(audiences -> audiences)
        .collect(Collectors.toSet());
  }

  private Visitor ofClaims(JWTClaimsSet claims) {
    var subject = claims.getSubject();
    return world.read(() ->
        world
            .accounts
            .byUniqueId(subject)
            .map(account -> ofAccount(account, email(claims)))
            .or(() ->
                email(claims)
                    .filter(email -> !Emails.isServiceAccount(email)) // of one that is no more
                    .map(email -> person(email, subject)))
            .orElseGet(Visitor.Gone::new));
  }

  /// By the unique id: the successor of the same e-mail is somebody else. So the e-mail need not be
  /// in the token (**assumed**).
  private static Visitor ofAccount(Account account, Optional<String> email) {
    return !account.usable()
        ? new Visitor.Gone()
        : new Visitor.Known(
            new Identity.ServiceAccount(account), account.email(), email, account.uniqueId());
  }

  private Visitor person(String email, String subject) {
    var address = world.persons.primary(email);
    return new Visitor.Known(new Identity.Person(address), address, Optional.of(address), subject);
  }

  private static Optional<String> email(JWTClaimsSet claims) {
    try {
      return Optional.ofNullable(claims.getStringClaim("email"));
    } catch (ParseException _) {
      return Optional.empty();
    }
  }
}
