package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.Locale;

/// What the names in a file of a project stand for.
record Names(String projectId) {
  /// Whether a key under `serviceAccounts` is that account's: its id, or its address in any case.
  boolean isKeyOf(Resource.Account account, String key) {
    var email = key.contains("@") ? key : Resource.Account.inProject(projectId, key).email();
    return email.toLowerCase(Locale.ROOT).equals(account.email().toLowerCase(Locale.ROOT));
  }

  /// Whether a region and a name are that service's.
  boolean isKeyOf(Resource.Service service, String region, String name) {
    return service.equals(new Resource.Service(projectId, region, name));
  }

  /// The key of an account that a file does not have yet.
  String keyFor(Resource.Account account) {
    var id = account.accountId();
    return isKeyOf(account, id) ? id : account.email();
  }

  Principal principal(Member who) {
    return switch (who) {
      case Member.Named(var principal) -> principal;
      case Member.OfPlan(var id) -> Resource.Account.inProject(projectId, id).principal();
    };
  }
}
