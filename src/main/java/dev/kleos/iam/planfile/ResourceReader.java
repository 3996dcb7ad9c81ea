package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planfile.PlanDocument.AccountBlock;
import dev.kleos.iam.planfile.PlanDocument.ProjectBlock;
import dev.kleos.iam.planfile.PlanDocument.ServiceBlock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what stands under the key of an account, a service or the project.
///
/// A key that is no good name is kept as it is: such a plan is invalid, but its other problems are
/// found as well.
final class ResourceReader {
  static final SortedMap<String, Unmanaged> UNMANAGED =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  "report", Unmanaged.REPORT,
                  "ignore", Unmanaged.IGNORE,
                  "remove", Unmanaged.REMOVE)));

  private static final int DISPLAY_NAME_BYTES = 100;
  private static final int DESCRIPTION_BYTES = 256;
  private static final String NO_REGION = "-";
  static final List<String> ACCOUNT_KEYS =
      List.of("displayName", "description", "unmanaged", "users", "bindings");
  static final List<String> REFERRED_KEYS = List.of("unmanaged", "users", "bindings");
  static final List<String> SERVICE_KEYS = List.of("unmanaged", "invokers", "bindings");
  static final List<String> PROJECT_KEYS = List.of("unmanaged", "bindings");

  private final Problems problems;
  private final Values values;
  private final EntryReader entries;

  ResourceReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
    this.entries = new EntryReader(problems);
  }

  AccountBlock account(Node.Pair pair) {
    var text = new Located<>(pair.key().text(), pair.key().span());
    var referred = text.value().contains("@");
    var fields =
        new Fields(
            pair.value(),
            referred ? "an account that is only referred to" : "an account",
            referred ? REFERRED_KEYS : ACCOUNT_KEYS,
            problems);
    var key = values.parse(text, ResourceSyntax::account);
    return new AccountBlock(
        key == null ? text : key,
        bounded(fields.text("displayName"), DISPLAY_NAME_BYTES),
        bounded(fields.text("description"), DESCRIPTION_BYTES),
        fields.choice("unmanaged", UNMANAGED),
        entries.users(fields.items("users")),
        entries.bindings(fields.items("bindings")));
  }

  /// @param defaultRegion the file's own; null where it names none, or none that is one
  /// @param regionGiven whether the file names any
  ServiceBlock service(
      Node.Pair pair, @Nullable Located<String> defaultRegion, boolean regionGiven) {
    var key = pair.key();
    var slash = key.text().indexOf('/');
    var name = key.text().substring(slash + 1);
    values.parse(new Located<>(name, key.span()), ResourceSyntax::service);
    var region = defaultRegion == null ? NO_REGION : defaultRegion.value();
    if (slash >= 0) {
      region = key.text().substring(0, slash);
      values.parse(new Located<>(region, key.span()), ResourceSyntax::region);
    } else if (!regionGiven) {
      problems.add(
          ProblemCode.REGION_MISSING,
          key.span(),
          "no region for the service "
              + quote(name)
              + "; write \"region: us-central1\" at the top, or REGION/NAME here");
    }
    var fields = new Fields(pair.value(), "a service", SERVICE_KEYS, problems);
    return new ServiceBlock(
        key.span(),
        region,
        name,
        fields.choice("unmanaged", UNMANAGED),
        entries.entries(fields.items("invokers")),
        entries.bindings(fields.items("bindings")));
  }

  ProjectBlock project(Node.Pair pair) {
    var fields = new Fields(pair.value(), "projectPolicy", PROJECT_KEYS, problems);
    return new ProjectBlock(
        pair.key().span(),
        fields.choice("unmanaged", UNMANAGED),
        entries.bindings(fields.items("bindings")));
  }

  private @Nullable Located<String> bounded(@Nullable Located<String> text, int mostBytes) {
    var bytes = text == null ? 0 : text.value().getBytes(UTF_8).length;
    if (text != null && bytes > mostBytes) {
      problems.add(
          ProblemCode.TOO_LONG,
          text.span(),
          "the text has " + bytes + " bytes, and Google takes at most " + mostBytes);
    }
    return text;
  }
}
