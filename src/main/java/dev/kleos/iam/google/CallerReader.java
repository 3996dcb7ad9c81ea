package dev.kleos.iam.google;

import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Caller.Credential;
import dev.kleos.iam.session.AdcFile;
import dev.kleos.iam.session.StoredCredential;
import java.util.ArrayList;

/// Reads off a credential's file who calls with it: without a call, and without touching what is
/// secret.
final class CallerReader {
  private CallerReader() {}

  static Caller read(AdcFile.Found found) {
    var impersonated = new ArrayList<String>();
    found.credential().impersonated().ifPresent(impersonated::add);
    impersonated.addAll(found.credential().delegates().reversed());
    var own = found.behind().credential();
    return new Caller(
        kind(own), own.account().or(own::clientEmail).orElse(null), impersonated, found.file());
  }

  private static Credential kind(StoredCredential credential) {
    return switch (credential.kind()) {
      case LOGIN -> Credential.USER_LOGIN;
      case KEY -> Credential.SERVICE_ACCOUNT_KEY;
      case FEDERATION ->
          credential.isWorkforce()
              ? Credential.WORKFORCE_FEDERATION
              : Credential.WORKLOAD_FEDERATION;
      case WORKFORCE_LOGIN -> Credential.WORKFORCE_FEDERATION;
      case IMPERSONATION -> Credential.UNKNOWN; // its source is of another kind
    };
  }
}
