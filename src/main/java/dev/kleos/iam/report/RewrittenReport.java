package dev.kleos.iam.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Substitution;
import dev.kleos.iam.planfile.Origin;
import dev.kleos.iam.planfile.Origins;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What Google stored instead of what it was sent, and what that means for the plan file.
///
/// @param origins which line of the plan files asks for what, as they are now
record RewrittenReport(Change change, Origins origins) {
  List<String> lines(Outcome.Rewritten rewritten) {
    var lines = new ArrayList<String>();
    rewritten.substitutions().forEach(pair -> lines.add(substitution(pair)));
    var strange = rewritten.strange();
    byPrincipal(rewritten.lost())
        .forEach((who, roles) -> {
          var line = "Google did not store " + who + " (" + roles + ")";
          lines.add(
              strange.isEmpty()
                  ? line + ": perhaps another name of somebody who has the grant already" + at(who)
                  : line + at(who));
        });
    byPrincipal(strange)
        .forEach((who, roles) -> lines.add("Google stored " + who + " (" + roles + "), unasked"));
    if (!strange.isEmpty()) {
      lines.add(
          "It stores the primary address for another name: write that one into the plan file");
    }
    return lines;
  }

  private String substitution(Substitution pair) {
    var sent = place(pair.sent());
    var stored = place(pair.stored());
    var what = "Google stored " + pair.stored() + " for " + pair.sent();
    if (stored.isEmpty()) {
      return what
          + sent.map(_ -> ": write " + pair.stored() + " in the plan").orElse("")
          + at(pair.sent());
    }
    return what
        + ": "
        + pair.stored()
        + " is in the plan"
        + at(pair.stored())
        + sent.map(_ -> ", take " + pair.sent() + " out" + at(pair.sent())).orElse("");
  }

  private String at(Principal who) {
    return place(who)
        .map(origin -> " (" + origin.file() + ":" + origin.line() + ":" + origin.column() + ")")
        .orElse("");
  }

  private Optional<Origin> place(Principal who) {
    return origins.entries(change.resource(), who).stream()
        .map(entry -> entry.origin())
        .findFirst();
  }

  private static TreeMap<Principal, String> byPrincipal(Collection<Grant> grants) {
    return new TreeSet<>(grants)
        .stream()
            .collect(
                groupingBy(
                    Grant::principal,
                    TreeMap::new,
                    mapping(RewrittenReport::roleOf, joining(", "))));
  }

  private static String roleOf(Grant grant) {
    var when = Phrases.when(grant.condition());
    return grant.role().name() + (when.isEmpty() ? "" : " " + when);
  }
}
