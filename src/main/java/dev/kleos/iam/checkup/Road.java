package dev.kleos.iam.checkup;

import dev.kleos.iam.model.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose road to which service, as it is asked for.
///
/// @param other whose it is; empty for one's own
/// @param account the account to call as, as people name it; null for the one that is meant
/// @param service the service to call, as people name it; null for the plan's
/// @param audience what the client's tokens are for; null for the service's address
public record Road(
    Optional<Principal> other,
    @Nullable String account,
    @Nullable String service,
    @Nullable String audience) {

  /// The command that walks this road again.
  ///
  /// @param otherAccount in place of the account that was asked for; null for none
  /// @param otherService in place of the service; null for none
  Remedy.Own again(@Nullable String otherAccount, @Nullable String otherService, String... more) {
    var words = new ArrayList<String>();
    other.map(Principal::spelling).ifPresent(words::add);
    if (otherAccount != null) {
      words.addAll(List.of("--account", otherAccount));
    }
    if (otherService != null) {
      words.addAll(List.of("--service", otherService));
    }
    if (audience != null) {
      words.addAll(List.of("--audience", audience));
    }
    words.addAll(List.of(more));
    return new Remedy.Own("doctor", words);
  }

  /// The same road, once what was granted has spread.
  Remedy.Own waiting() {
    return again(account, service, "--wait");
  }
}
