package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.didYouMean;
import static dev.kleos.iam.planfile.Wording.quote;

import java.util.Locale;
import java.util.regex.Pattern;

/// How projects, regions, accounts and services are named. Sources: Google's reference of each
/// resource; `iam-facts.md`, section 3.
final class ResourceSyntax {
  private static final int LONGEST = 300;
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{4,28}[a-z0-9]");

  /// Of an organization's own domain, from before there were organizations.
  private static final Pattern DOMAIN_PROJECT =
      Pattern.compile("[a-z0-9][a-z0-9.-]*\\.[a-z]+:[a-z][a-z0-9-]{0,28}[a-z0-9]?");

  private static final Pattern PROJECT_NUMBER = Pattern.compile("[0-9]{1,20}");
  private static final Pattern REGION = Pattern.compile("[a-z]++(-[a-z]++)*-[a-z]+[0-9]{1,2}");
  private static final Pattern ZONE = Pattern.compile("(.*[0-9])-[a-z]");
  private static final Pattern ACCOUNT = Pattern.compile("[a-z][a-z0-9-]{4,28}[a-z0-9]");
  private static final Pattern SERVICE = Pattern.compile("[a-z]([a-z0-9-]{0,47}[a-z0-9])?");

  private ResourceSyntax() {}

  static Parsed<String> projectId(String text) {
    if (matches(PROJECT, text) || matches(DOMAIN_PROJECT, text)) {
      return new Parsed.Good<>(text);
    }
    if (matches(PROJECT_NUMBER, text)) {
      return new Parsed.Bad<>(
          ProblemCode.PROJECT_FORM,
          "expected a project id, not a number: gcloud projects describe "
              + text
              + " tells the id");
    }
    return new Parsed.Bad<>(
        ProblemCode.PROJECT_FORM,
        quote(text)
            + " is not a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with"
            + " a letter");
  }

  static Parsed<String> region(String text) {
    if (matches(REGION, text)) {
      return new Parsed.Good<>(text);
    }
    var zone = ZONE.matcher(text);
    var advice =
        text.length() <= LONGEST && zone.matches() && matches(REGION, zone.group(1))
            ? didYouMean(zone.group(1))
            : "; a region reads like \"us-central1\"";
    return new Parsed.Bad<>(ProblemCode.REGION_FORM, quote(text) + " is not a region" + advice);
  }

  static Parsed<String> projectNumber(String text) {
    return matches(PROJECT_NUMBER, text)
        ? new Parsed.Good<>(text)
        : new Parsed.Bad<>(
            ProblemCode.PROJECT_NUMBER_FORM,
            quote(text) + " is not a project number: digits only, in quotes");
  }

  /// The key of an account: its id, or the full address of one that is only referred to. Addresses
  /// become lower case, as Google has them.
  static Parsed<String> account(String text) {
    if (matches(ACCOUNT, text)) {
      return new Parsed.Good<>(text);
    }
    if (text.contains("@")) {
      return accountAddress(text);
    }
    var lower = text.toLowerCase(Locale.ROOT).replace('_', '-');
    var advice =
        matches(ACCOUNT, lower)
            ? didYouMean(lower)
            : "; 6 to 30 lower-case letters, digits and hyphens, beginning with a letter";
    return new Parsed.Bad<>(
        ProblemCode.ACCOUNT_FORM, quote(text) + " is not an account id" + advice);
  }

  private static Parsed<String> accountAddress(String text) {
    var address = text.startsWith("serviceAccount:") ? text.substring(15) : text;
    if (!Addresses.isServiceAccount(address)) {
      return new Parsed.Bad<>(
          ProblemCode.ACCOUNT_FORM,
          quote(text) + " is not the address of a service account; people go under its \"users\"");
    }
    return address.equals(text)
        ? new Parsed.Good<>(text.toLowerCase(Locale.ROOT))
        : new Parsed.Bad<>(
            ProblemCode.ACCOUNT_FORM,
            "an account is named by its address alone" + didYouMean(address));
  }

  static Parsed<String> service(String text) {
    return matches(SERVICE, text)
        ? new Parsed.Good<>(text)
        : new Parsed.Bad<>(
            ProblemCode.SERVICE_FORM,
            quote(text)
                + " is not a service name (NAME, or REGION/NAME): up to 49 lower-case letters,"
                + " digits and hyphens, beginning with a letter");
  }

  private static boolean matches(Pattern pattern, String text) {
    return text.length() <= LONGEST && pattern.matcher(text).matches();
  }
}
