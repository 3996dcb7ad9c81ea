package dev.kleos.iam.report;

import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Finding.DeletedMembers;
import dev.kleos.iam.model.Finding.Ending;
import dev.kleos.iam.model.Finding.Headroom;
import dev.kleos.iam.model.Finding.Lost;
import dev.kleos.iam.model.Finding.NothingToRemove;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Usage;
import dev.kleos.iam.planfile.Origins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// What somebody should know besides what changes.
final class FindingReport {
  private final Screen screen;
  private final Origins origins;
  private final Instant now;
  private final Function<String, String> apply;

  /// @param apply the command that changes things, with a flag more
  FindingReport(Screen screen, Origins origins, Instant now, Function<String, String> apply) {
    this.screen = screen;
    this.origins = origins;
    this.now = now;
    this.apply = apply;
  }

  /// Everything but what ends.
  void print(List<Finding> findings) {
    findings.forEach(finding -> {
      switch (finding) {
        case Headroom(var resource, var usage) -> headroom(resource, usage);
        case Lost lost -> lost(lost);
        case NothingToRemove(var principal, var isNamed) -> nothingToRemove(principal, isNamed);
        case DeletedMembers _, Ending _ -> {}
      }
    });
    deleted(
        findings.stream()
            .filter(DeletedMembers.class::isInstance)
            .map(DeletedMembers.class::cast)
            .toList(),
        findings.stream().noneMatch(finding -> finding instanceof Lost lost && !lost.isBack()));
  }

  /// Temporary grants that have ended and, where it is drift that is looked for, those that end
  /// soon.
  void endings(List<Finding> findings, Wording wording) {
    var byResource = new LinkedHashMap<Resource, List<Grant>>();
    var isAnyOver = false;
    for (var finding : findings) {
      if (finding instanceof Ending(var resource, var grant, _)
          && (wording == Wording.DRIFT || grant.hasEnded(now))) {
        byResource.computeIfAbsent(resource, _ -> new ArrayList<>()).add(grant);
        isAnyOver |= grant.hasEnded(now);
      }
    }
    if (byResource.isEmpty()) {
      return;
    }
    screen.line(
        Span.bold(
            wording == Wording.DRIFT
                ? "Temporary grants that have ended, or end within 7 days:"
                : "Grants that have ended, and give no access:"));
    var table = new GrantTable(screen, origins, Wording.DRIFT, false);
    byResource.forEach((resource, grants) -> {
      screen.line("  " + Phrases.name(resource));
      table.print(resource, GrantRow.ofUnmanaged(grants, grant -> grant.hasEnded(now)));
    });
    if (isAnyOver) {
      screen.line("  To remove those that have ended: " + apply.apply("--sweep-expired"));
    }
    screen.blank();
  }

  private void headroom(Resource resource, Usage usage) {
    screen.line(
        usage.isExceeded()
            ? new Span(Style.ALARM, "Over Google's limit: ")
            : Span.bold("Nearly full: "),
        Span.bold(Phrases.name(resource)),
        Span.of("  " + used(usage)));
    if (!usage.isExceeded()) {
      switch (usage.limit()) {
        case PRINCIPALS ->
            screen.line(
                "  Everybody counts once for each role: put the people into a group before it is"
                    + " full.");
        case GROUPS -> screen.line("  Put the groups into one group before it is full.");
        case VARIANTS, OPERATORS -> {}
      }
    }
    screen.blank();
  }

  /// E.g. `1,437 of 1,500 principals`.
  private static String used(Usage usage) {
    return Phrases.number(usage.used())
        + " of "
        + Phrases.number(usage.limit().most())
        + " "
        + Escape.brief(usage.unit());
  }

  private void lost(Lost lost) {
    screen.line(
        new Span(Style.ALARM, lost.isBack() ? "Deleted and created anew: " : "Was deleted: "),
        Span.bold(Escape.brief(lost.principal().spelling())));
    screen.line(
        "  What it had been granted is lost, here and elsewhere"
            + (lost.isBack() ? ". The plan grants anew what it names." : ", unless it is restored.")
            + " Here it had:");
    lost.lost().stream()
        .map(trace ->
            Escape.brief(trace.grant().role().name()) + " on " + Phrases.name(trace.resource()))
        .distinct()
        .forEach(place -> screen.line("    " + place));
    var traces = lost.traces().stream().map(Principal::spelling).map(Escape::brief).toList();
    screen.line("  Elsewhere, policies name it as " + String.join(" or ", traces));
    screen.blank();
  }

  private void nothingToRemove(Principal principal, boolean isNamed) {
    screen.line(
        Span.bold("Nothing to remove: "),
        Span.of(
            principal
                + (isNamed
                    ? " is named in the plan file: take it out there first."
                    : " has no grant of a role that the plan answers for.")));
    screen.blank();
  }

  private void deleted(List<DeletedMembers> found, boolean mayGo) {
    if (found.isEmpty()) {
      return;
    }
    var where =
        found.stream()
            .map(it -> Phrases.number(it.count()) + " on " + Phrases.name(it.resource()))
            .toList();
    screen.line(
        Span.bold("Deleted members, kept without access: "), Span.of(String.join(", ", where)));
    screen.line(
        "  Google drops them within 60 days of the deletion."
            + (mayGo ? " Sooner: " + apply.apply("--purge-deleted") : ""));
    screen.blank();
  }
}
