package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.LinkedHashMap;
import java.util.List;

/// A principal as a person types it: an address alone is a user's or a service account's, which its
/// domain tells; all else is as in a plan file.
///
/// @param spelling as an entry of a plan file says it
/// @param principal who is meant
public record PrincipalArgument(String spelling, Principal principal) {
  private static final String DELETED = "deleted:";

  /// Who is meant.
  ///
  /// @param plan whose accounts a bare word may be
  /// @throws PlanUsageException where it is nobody, with what was probably meant
  public static PrincipalArgument parse(String text, CompiledPlan plan) {
    var spelling = Addresses.isEmail(text) && !text.contains(":") ? typed(text) : text;
    return switch (PrincipalSyntax.parse(spelling)) {
      case Parsed.Bad<Member>(_, var message) -> throw new PlanUsageException(message);
      case Parsed.Good<Member>(Member.Named(var principal)) ->
          new PrincipalArgument(spelling, principal);
      case Parsed.Good<Member>(Member.OfPlan(var id)) -> ofPlan(id, plan);
    };
  }

  /// The same, also for the trace of an identity that was deleted: nobody to grant anything to, but
  /// something to remove.
  public static PrincipalArgument parseHolder(String text, CompiledPlan plan) {
    return text.startsWith(DELETED) && text.length() > DELETED.length()
        ? new PrincipalArgument(text, Principal.of(text))
        : parse(text, plan);
  }

  private static String typed(String address) {
    return (Addresses.hasServiceAccountDomain(address) ? "serviceAccount:" : "user:") + address;
  }

  private static PrincipalArgument ofPlan(String id, CompiledPlan plan) {
    var ids =
        plan.desired().accounts().stream()
            .map(ServiceAccount::resource)
            .map(Resource.Account::accountId)
            .toList();
    for (var account : plan.desired().accounts()) {
      if (account.resource().accountId().equals(id)) {
        return new PrincipalArgument(id, account.resource().principal());
      }
    }
    throw new PlanUsageException(
        quote(id)
            + " is neither an address nor an account of the plan"
            + Wording.nearest(id, ids, "; write e.g. alice@example.com"));
  }

  /// The members of a list of arguments, each once.
  public static List<PrincipalArgument> distinct(List<PrincipalArgument> arguments) {
    var kept = new LinkedHashMap<Principal, PrincipalArgument>();
    arguments.forEach(argument -> kept.putIfAbsent(argument.principal(), argument));
    return List.copyOf(kept.values());
  }
}
