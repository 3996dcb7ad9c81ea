package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.cloud.Caller;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Who calls, and through what: for people as the end of a line, for programs as an object.
public final class CallerReport {
  private CallerReport() {}

  /// E.g. ` as alice@example.com, by a user login (~/key.json)`; empty where nothing is known.
  public static String words(Caller caller) {
    var email = caller.email();
    var as = email.map(" as "::concat).orElse("");
    if (caller.credential() == Caller.Credential.EMULATOR) {
      return as;
    }
    var credential = kind(caller) + (caller.source().isEmpty() ? "" : " (" + caller.source() + ")");
    if (caller.impersonated().isEmpty()) {
      return as + (email.isEmpty() ? "" : ",") + " by " + credential;
    }
    var own = caller.account() == null ? "" : caller.account() + ", ";
    return as + ", impersonated" + through(caller) + " by " + own + credential;
  }

  /// Writes the field into an object that the caller opened; none where nothing is known.
  static void write(JsonWriter json, Optional<Caller> known) throws IOException {
    if (known.filter(Caller::isKnown).isEmpty()) {
      return;
    }
    var caller = known.get();
    json.name("caller").beginObject();
    if (caller.email().isPresent()) {
      json.name("email").value(caller.email().get());
    }
    json.name("credential").value(code(caller));
    if (!caller.source().isEmpty()) {
      json.name("source").value(caller.source());
    }
    if (!caller.impersonated().isEmpty()) {
      if (caller.account() != null) {
        json.name("account").value(caller.account());
      }
      json.name("impersonates").beginArray();
      for (var account : caller.impersonated()) {
        json.value(account);
      }
      json.endArray();
    }
    json.endObject();
  }

  private static String through(Caller caller) {
    List<String> between = caller.impersonated().subList(1, caller.impersonated().size());
    return between.isEmpty() ? "" : " through " + String.join(", ", between);
  }

  private static String kind(Caller caller) {
    return switch (caller.credential()) {
      case USER_LOGIN -> "a user login";
      case SERVICE_ACCOUNT_KEY -> "a service account key";
      case WORKLOAD_FEDERATION -> "workload identity federation";
      case WORKFORCE_FEDERATION -> "workforce identity federation";
      case MACHINE -> "this machine's own account";
      case CLOUD_SHELL -> "the login of this Cloud Shell";
      case EMULATOR -> "a name";
      case UNKNOWN -> "a credential of an unknown kind";
    };
  }

  private static String code(Caller caller) {
    return switch (caller.credential()) {
      case USER_LOGIN -> "userLogin";
      case SERVICE_ACCOUNT_KEY -> "serviceAccountKey";
      case WORKLOAD_FEDERATION -> "workloadIdentityFederation";
      case WORKFORCE_FEDERATION -> "workforceIdentityFederation";
      case MACHINE -> "machine";
      case CLOUD_SHELL -> "cloudShell";
      case EMULATOR -> "emulator";
      case UNKNOWN -> "unknown";
    };
  }
}
