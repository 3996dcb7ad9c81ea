package dev.kleos.iam.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/// The key that ID tokens are signed with (**documented**: RS256). It is made when this class is
/// first used, since making one takes longer than the start of the emulator, and is not kept: after
/// a restart, whoever checks tokens fetches the new one.
final class SigningKey {
  private static final int BITS = 2048;
  private static final RSAKey KEY = generate();

  private SigningKey() {}

  static String sign(JWTClaimsSet claims) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(KEY.getKeyID())
            .type(JOSEObjectType.JWT)
            .build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(KEY));
    } catch (JOSEException e) {
      throw new IllegalStateException("RS256 is not to be had", e); // every JDK has it
    }
    return token.serialize();
  }

  /// The public half, as a JSON Web Key Set.
  static String publicKeys() {
    return publicKeySet().toString();
  }

  static JWKSet publicKeySet() {
    return new JWKSet(KEY.toPublicJWK());
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(BITS)
          .keyIDFromThumbprint(true)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("RSA is not to be had", e); // every JDK has it
    }
  }
}
