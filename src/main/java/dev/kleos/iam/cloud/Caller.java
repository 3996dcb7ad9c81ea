package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who calls, as far as the credential itself says. Nobody is asked, and nothing is guessed.
///
/// @param credential what the caller proves it with
/// @param account the e-mail address of the credential itself; null where it does not say
/// @param impersonated the accounts that it acts through, first the one that Google sees; empty
///   where it acts as itself
/// @param source the file that it is from, the home folder as `~`; empty where it is from none
public record Caller(
    Credential credential, @Nullable String account, List<String> impersonated, String source) {
  public Caller {
    impersonated = List.copyOf(impersonated);
  }

  /// Whom an emulator takes the caller for.
  ///
  /// @param email empty where that is its operator, who is nobody in particular
  public static Caller ofEmulator(Optional<String> email) {
    return new Caller(Credential.EMULATOR, email.orElse(null), List.of(), "");
  }

  /// The address that the calls are made as; empty where the credential does not say.
  public Optional<String> email() {
    return impersonated.isEmpty()
        ? Optional.ofNullable(account)
        : Optional.of(impersonated.getFirst());
  }

  /// The same as policies name it.
  public Optional<Principal> principal() {
    return email().map(Principal::ofAddress);
  }

  /// Whether there is anything to say.
  public boolean isKnown() {
    return credential != Credential.EMULATOR || account != null;
  }

  /// The kinds of credentials.
  public enum Credential {
    /// What `gcloud auth application-default login` leaves.
    USER_LOGIN,
    SERVICE_ACCOUNT_KEY,
    /// Of a program elsewhere, e.g. in another cloud or in a pipeline.
    WORKLOAD_FEDERATION,
    /// Of a person whom another provider of identities knows.
    WORKFORCE_FEDERATION,
    /// What Google gives to programs on its own machines.
    MACHINE,
    CLOUD_SHELL,
    /// A name that an emulator believes.
    EMULATOR,
    UNKNOWN
  }
}
