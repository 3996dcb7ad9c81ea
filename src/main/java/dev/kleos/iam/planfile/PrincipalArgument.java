package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.regex.Pattern;

/// A principal as a person types it: an address alone is a user's or a service account's, which its
/// domain tells; all else is as in a plan file.
///
/// @param spelling as an entry of a plan file says it
/// @param principal who is meant
public record PrincipalArgument(String spelling, Principal principal) {
  private static final String DELETED = "deleted:";

  /// As mail programs write it: a name, and the address in angle brackets.
  private static final Pattern IN_BRACKETS = Pattern.compile("[^<]*<([^<>\\s]+)>\\s*");

  /// Who is meant.
  ///
  /// @param plan whose accounts a bare word may be
  /// @throws PlanUsageException where it is nobody, with what was probably meant
  public static PrincipalArgument parse(String text, CompiledPlan plan) {
    var isAddress = text.contains("@") && !text.contains(":");
    if (isAddress && !Addresses.isEmail(text)) {
      throw Wording.usage(text, noAddress(text));
    }
    var spelling = isAddress ? typed(text) : text;
    return switch (PrincipalSyntax.parse(spelling)) {
      case Parsed.Bad<Member>(_, var message) -> throw Wording.usage(text, message);
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

  /// Whether the type need not be typed, because the address tells it.
  public static boolean isToldByAddress(String spelling) {
    var address = spelling.substring(spelling.indexOf(':') + 1);
    return Addresses.isEmail(address) && typed(address).equals(spelling);
  }

  private static String noAddress(String text) {
    var inBrackets = IN_BRACKETS.matcher(text);
    var advice =
        inBrackets.matches()
            ? Wording.didYouMean(inBrackets.group(1))
            : text.contains(",")
                ? "; separate several with spaces"
                : "; write e.g. alice@example.com";
    return quote(text) + " is no e-mail address" + advice;
  }

  private static String typed(String address) {
    return Principal.ofAddress(address).spelling();
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
    throw PlanUsageException.nearest(
        quote(id) + " is neither an address nor an account of the plan",
        id,
        ids,
        one -> one,
        "; write e.g. alice@example.com");
  }
}
