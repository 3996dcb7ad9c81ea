package dev.kleos.iam.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether an ID token is one of ours, holds now, and is for the one who got it.
///
/// The signature, the algorithm, the issuer, the times and the audience are checked
/// (**documented**), and no time is allowed for clocks that differ (**assumed**): there is only one
/// clock here.
record IdTokenCheck(Clock clock) {

  /// The claims of a token that holds; empty for any other one, whatever is wrong with it.
  ///
  /// @param audiences for whom it may be
  Optional<JWTClaimsSet> claims(String token, Set<String> audiences) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.RS256, new ImmutableJWKSet<>(SigningKey.publicKeySet())));
    processor.setJWTClaimsSetVerifier(new Claims(clock, audiences));
    try {
      return Optional.of(processor.process(token, null));
    } catch (ParseException | BadJOSEException | JOSEException _) {
      return Optional.empty();
    }
  }

  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Clock clock;

    Claims(Clock clock, Set<String> audiences) {
      super(
          audiences,
          new JWTClaimsSet.Builder().issuer(IdTokens.ISSUER).build(),
          Set.of("sub", "iat", "exp"),
          Set.of());
      this.clock = clock;
      setMaxClockSkew(0);
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
        throws BadJWTException {
      super.verify(claims, context);
      if (claims.getIssueTime().toInstant().isAfter(clock.instant())) {
        throw new BadJWTException("issued in the future");
      }
    }
  }
}
