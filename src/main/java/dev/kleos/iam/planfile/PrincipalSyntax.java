package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.didYouMean;
import static dev.kleos.iam.planfile.Wording.quote;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Similar;
import java.util.List;
import java.util.regex.Pattern;

/// The principals that a plan may name. Sources: "Principal identifiers" in Google's IAM
/// documentation; `iam-facts.md`, section 2.
final class PrincipalSyntax {
  private static final int LONGEST = 1000;
  private static final List<String> EVERYONE = List.of("allUsers", "allAuthenticatedUsers");
  static final List<String> TYPES = List.of("user", "serviceAccount", "group", "domain");
  private static final List<String> PREFIXES =
      List.of("user", "serviceAccount", "group", "domain", "principal", "principalSet", "deleted");
  static final String FORMS =
      "; write user:, group:, serviceAccount:, domain: or principal://, or the id of an account of"
          + " the plan";
  private static final Pattern IDENTIFIER = Pattern.compile("//[a-z0-9.-]+/[^\\s]+");
  private static final Pattern KUBERNETES =
      Pattern.compile("[a-z0-9.:-]+\\.svc\\.id\\.goog\\[[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}\\]");

  private PrincipalSyntax() {}

  static Parsed<Member> parse(String text) {
    if (EVERYONE.contains(text)) {
      return named(text);
    }
    if (text.isEmpty() || text.length() > LONGEST) {
      return bad(text.isEmpty() ? "an empty principal" + FORMS : quote(text) + " is too long");
    }
    if (text.contains(" - ")) {
      return bad(quote(text) + " is two entries in one; begin each \"- \" in the same column");
    }
    if (hasSpace(text)) {
      var joined =
          text.codePoints()
              .filter(c -> !isSpace(c))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
      return bad(quote(text) + " has a space in it" + didYouMean(joined.toString()));
    }
    var colon = text.indexOf(':');
    return colon < 0
        ? withoutPrefix(text)
        : withPrefix(text, text.substring(0, colon), text.substring(colon + 1));
  }

  private static Parsed<Member> withoutPrefix(String text) {
    if (text.contains("@")) {
      return bad(
          quote(text) + " lacks its type" + didYouMean(Principal.ofAddress(text).spelling()));
    }
    var everyone = EVERYONE.stream().filter(text::equalsIgnoreCase).findFirst();
    if (everyone.isPresent()) {
      return bad(quote(text) + " is in the wrong case" + didYouMean(everyone.get()));
    }
    return text.contains(".") && Addresses.isDomain(text)
        ? bad(quote(text) + " lacks its type" + didYouMean("domain:" + text))
        : new Parsed.Good<>(new Member.OfPlan(text));
  }

  private static Parsed<Member> withPrefix(String text, String prefix, String value) {
    return switch (prefix) {
      case "user", "group" -> person(text, prefix, value);
      case "serviceAccount" -> serviceAccount(text, value);
      case "domain" ->
          Addresses.isDomain(value)
              ? named(text)
              : bad(quote(text) + " names no domain; write e.g. \"domain:example.com\"");
      case "principal", "principalSet" ->
          IDENTIFIER.matcher(value).matches()
              ? named(text)
              : bad(
                  quote(text)
                      + " is incomplete; write \""
                      + prefix
                      + "://iam.googleapis.com/…\" as Google's console shows it");
      case "deleted" ->
          new Parsed.Bad<>(
              ProblemCode.PRINCIPAL_DELETED,
              "a deleted principal is nobody to grant anything to; remove the entry, or name the"
                  + " live principal without \"deleted:\" and \"?uid=\"");
      case "projectOwner", "projectEditor", "projectViewer" ->
          new Parsed.Bad<>(
              ProblemCode.PRINCIPAL_CONVENIENCE,
              quote(prefix + ":")
                  + " stands for whoever holds a basic role, and Google keeps it for"
                  + " its own use; name the people or a group");
      default -> unknownPrefix(text, prefix, value);
    };
  }

  private static Parsed<Member> unknownPrefix(String text, String prefix, String value) {
    return Similar.nearest(prefix, PREFIXES, name -> name)
        .map(near -> bad(quote(text) + " has an unknown type" + didYouMean(near + ":" + value)))
        .orElseGet(() -> bad(quote(text) + " has an unknown type" + FORMS));
  }

  private static Parsed<Member> person(String text, String prefix, String value) {
    if (!Addresses.isEmail(value)) {
      return notAnAddress(text, value, prefix + ":someone@example.com");
    }
    return Principal.hasServiceAccountDomain(value)
        ? wrongType(text, "a service account", "serviceAccount:" + value)
        : named(text);
  }

  private static Parsed<Member> serviceAccount(String text, String value) {
    if (value.contains(".svc.id.goog")) {
      return KUBERNETES.matcher(value).matches()
          ? named(text)
          : bad(
              quote(text)
                  + " is incomplete; write"
                  + " \"serviceAccount:PROJECT.svc.id.goog[NAMESPACE/ACCOUNT]\", in quotes");
    }
    if (!value.isEmpty() && !value.contains("@")) {
      return bad(
          quote(text)
              + " names no address; write "
              + quote(value)
              + " alone for an account of this plan, else the full address");
    }
    if (!Addresses.isEmail(value)) {
      return notAnAddress(text, value, "serviceAccount:ID@PROJECT.iam.gserviceaccount.com");
    }
    return Principal.hasServiceAccountDomain(value)
        ? named(text)
        : wrongType(text, "no service account", "user:" + value);
  }

  private static Parsed<Member> notAnAddress(String text, String value, String example) {
    var foreign = value.codePoints().filter(c -> c >= 0x80).findFirst();
    return foreign.isPresent()
        ? bad(
            quote(text)
                + " has "
                + Characters.name(foreign.getAsInt())
                + ", which only looks like part of an address; type it anew")
        : bad(quote(text) + " has no e-mail address; write e.g. " + quote(example));
  }

  private static Parsed<Member> wrongType(String text, String what, String instead) {
    return new Parsed.Bad<>(
        ProblemCode.PRINCIPAL_TYPE,
        quote(text) + " is the address of " + what + didYouMean(instead));
  }

  private static boolean hasSpace(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (isSpace(text.charAt(i))) { // none is beyond the first plane
        return true;
      }
    }
    return false;
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static Parsed<Member> named(String text) {
    return new Parsed.Good<>(new Member.Named(Principal.of(text)));
  }

  private static Parsed<Member> bad(String message) {
    return new Parsed.Bad<>(ProblemCode.PRINCIPAL_FORM, message);
  }
}
