package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Resource;
import java.util.List;

/// Tokens of service accounts, made for whoever may impersonate them. Every method throws
/// [CloudException].
///
/// In each, `delegates` are the accounts on the way to the one that the token is for: the caller
/// may delegate to the first, each to the next, and the last makes the token. Empty where the
/// caller makes it.
public interface Tokens {
  /// What tells a service that it is called by the account: an ID token with its e-mail address,
  /// for an hour.
  ///
  /// @param audience the address of the service, which takes no token for another one
  Token idToken(Resource.Account account, List<Resource.Account> delegates, String audience);

  /// What calls Google's APIs as the account: an access token for an hour.
  Token accessToken(Resource.Account account, List<Resource.Account> delegates);
}
