package dev.kleos.iam.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.ChangeSet.UnmanagedGrant;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Origins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A change set for people: one block a resource, and then whoever has access without being named.
public final class ChangeReport {
  private static final int MOST_NAMED = 10;

  private final Screen screen;
  private final GrantTable table;
  private final Wording wording;
  private final Instant now;
  private final Predicate<Grant> hasEnded;

  /// @param now what decides whether a condition has ended
  /// @param verbose whether each line says where in the plan files it comes from
  public ChangeReport(
      Screen screen, Origins origins, Wording wording, Instant now, boolean verbose) {
    this.screen = screen;
    this.wording = wording;
    this.table = new GrantTable(screen, origins, wording, verbose);
    this.now = now;
    this.hasEnded = grant -> grant.hasEnded(now);
  }

  /// What would change.
  public void changes(ChangeSet changeSet) {
    var blocks = new LinkedHashMap<Resource, List<Change>>();
    for (var change : changeSet.changes()) {
      blocks.computeIfAbsent(change.resource(), _ -> new ArrayList<>()).add(change);
    }
    blocks.forEach((resource, changes) -> {
      heading(resource, changes);
      changes.forEach(this::body);
      screen.blank();
    });
  }

  /// Who loses access, once more and by name: in a long preview a single line is easily missed.
  public void losses(ChangeSet changeSet) {
    if (wording == Wording.DRIFT) {
      return;
    }
    named(changeSet.losers(now), "principal LOSES ACCESS: ", "principals LOSE ACCESS: ");
    named(
        changeSet.cutShort(now),
        "principal has access for a SHORTER time: ",
        "principals have access for a SHORTER time: ");
  }

  private void named(SortedSet<Principal> principals, String one, String many) {
    if (principals.isEmpty()) {
      return;
    }
    var named =
        principals.stream().limit(MOST_NAMED).map(Principal::spelling).map(Escape::brief).toList();
    var rest = principals.size() - named.size();
    screen.line(
        new Span(Style.ALARM, Phrases.count(principals.size(), one, many)),
        Span.of(String.join(", ", named)),
        Span.of(rest == 0 ? "" : " and " + Phrases.number(rest) + " more"));
    screen.blank();
  }

  /// Policies that get their first condition: scripts that change them with gcloud fail from then
  /// on, which only somebody who knows of it foresees.
  public void firstConditions(ChangeSet changeSet) {
    if (wording == Wording.DRIFT) {
      return;
    }
    for (var change : changeSet.changes()) {
      if (change instanceof Change.ModifyPolicy modify && modify.addsFirstCondition()) {
        screen.line(
            Span.bold("First condition "),
            Span.of("(an end is one) on " + Phrases.name(modify.resource()) + ":"));
        screen.line(
            "  from then on, gcloud's add-iam-policy-binding and remove-iam-policy-binding need"
                + " --condition in scripts.");
        screen.blank();
      }
    }
  }

  /// Who still has access without being in the plan.
  ///
  /// @param remedy how to end it
  public void unmanaged(ChangeSet changeSet, String remedy) {
    var sum = Summary.ofUnmanaged(changeSet, now);
    var isProtected =
        changeSet.unmanaged().stream()
            .filter(unmanaged -> !hasEnded.test(unmanaged.grant()))
            .collect(partitioningBy(UnmanagedGrant::isProtected));
    listed(isProtected.getOrDefault(false, List.of()), sum + ":", remedy);
    listed(
        isProtected.getOrDefault(true, List.of()),
        "Google's service agents keep what they have, though the plan says otherwise:",
        "Name them without an end in the plan file; or add --remove-service-agent with the name of"
            + " one.");
  }

  private void listed(List<UnmanagedGrant> unmanaged, String heading, String remedy) {
    if (unmanaged.isEmpty()) {
      return;
    }
    screen.line(new Span(Style.ALARM, heading));
    unmanaged.stream()
        .collect(
            groupingBy(
                UnmanagedGrant::resource,
                LinkedHashMap::new,
                mapping(UnmanagedGrant::grant, toList())))
        .forEach((resource, grants) -> {
          screen.line(Span.of("  " + Phrases.name(resource)));
          table.print(resource, GrantRow.ofUnmanaged(grants, hasEnded));
        });
    screen.line("  " + remedy);
    screen.blank();
  }

  /// Accounts that are there but switched off: no plan changes that.
  public void disabled(List<Resource.Account> accounts) {
    for (var account : accounts) {
      screen.cells(
          4,
          Sign.UNMANAGED.span(),
          Span.of(" "),
          Span.bold(Phrases.name(account)),
          Span.of("  "),
          new Span(Style.ALARM, "is DISABLED: nobody can act as it"));
      screen.line(
          "    To enable it: gcloud iam service-accounts enable "
              + account.email()
              + " --project "
              + account.projectId());
      screen.blank();
    }
  }

  private void heading(Resource resource, List<Change> changes) {
    var creates = changes.stream().anyMatch(Change.CreateServiceAccount.class::isInstance);
    var sign = creates ? Sign.ADDED : Sign.CHANGED;
    screen.cells(
        4,
        sign.span(),
        Span.of(" "),
        Span.bold(Phrases.name(resource)),
        Span.of("  "),
        Span.of(creates ? wording.ofCreated() : ""));
  }

  private void body(Change change) {
    switch (change) {
      case Change.CreateServiceAccount(var desired) -> {
        text(Sign.ADDED, "display name", desired.displayName());
        text(Sign.ADDED, "description", desired.description());
      }
      case Change.UpdateServiceAccount(var live, var desired) -> {
        changedText("display name", live.displayName(), desired.displayName());
        changedText("description", live.description(), desired.description());
      }
      case Change.ModifyPolicy modify ->
          table.print(modify.resource(), GrantRow.of(modify.effects(), hasEnded));
    }
  }

  private void text(Sign sign, String label, @Nullable String text) {
    if (text != null) {
      screen.hanging(
          20, Span.of("    "), sign.span(), Span.of(" "), Span.of(label).padded(14), Span.of(text));
    }
  }

  private void changedText(String label, @Nullable String live, @Nullable String desired) {
    var before = live == null ? "" : live;
    if (desired != null && !desired.equals(before)) {
      text(Sign.CHANGED, label, quoted(Escape.brief(before)) + " → " + quoted(desired));
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
