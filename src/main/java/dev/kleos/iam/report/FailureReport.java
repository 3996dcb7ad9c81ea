package dev.kleos.iam.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planner.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What went wrong, and what to do.
public final class FailureReport {
  private final Screen screen;

  public FailureReport(Screen screen) {
    this.screen = screen;
  }

  /// What could not be read.
  public void unreadable(List<Failure> failures) {
    if (failures.isEmpty()) {
      return;
    }
    screen.line(
        new Span(
            Style.ALARM,
            Phrases.count(LackReport.resources(failures).size(), "resource")
                + " could not be read:"));
    var lacking = LackReport.among(failures);
    failures.stream()
        .filter(failure -> !lacking.contains(failure))
        .collect(groupingBy(FailureReport::cause, LinkedHashMap::new, toList()))
        .forEach((cause, alike) -> {
          alike.forEach(failure -> screen.line(Span.of("  "), Span.bold(failure.resource())));
          print(cause, "    ");
        });
    new LackReport(screen).print(lacking);
    screen.blank();
  }

  /// One failure, without its resource.
  public void print(Failure failure, String indent) {
    printWithoutAdvice(failure, indent);
    if (!failure.advice().isEmpty()) {
      screen.line(indent + Escape.brief(failure.advice()));
    }
  }

  /// The same, but for what to do.
  void printWithoutAdvice(Failure failure, String indent) {
    screen.line(
        Span.of(indent),
        Span.bold(failure.code() + ":"),
        Span.of(" " + Escape.brief(failure.message())));
  }

  /// What speaks against applying.
  ///
  /// @param origins which line asks for what
  public void refusals(List<Refusal> refusals, Origins origins) {
    if (refusals.isEmpty()) {
      return;
    }
    screen.line(new Span(Style.ALARM, "Refused, so nothing is written:"));
    var byResource = new LinkedHashMap<String, List<Refusal>>();
    for (var refusal : refusals) {
      var resource = refusal.resource();
      var about = resource == null ? "the change as a whole" : Phrases.name(resource);
      byResource.computeIfAbsent(about, _ -> new ArrayList<>()).add(refusal);
    }
    byResource.forEach((about, ofResource) -> {
      screen.line(Span.of("  "), Span.bold(about));
      for (var refusal : ofResource) {
        screen.line("    " + Phrases.evidence(refusal, origins));
        screen.line("      " + refusal.override());
      }
    });
    screen.blank();
  }

  /// The failure without its resource: what a whole network's outage has in common.
  private static Failure cause(Failure failure) {
    return Failure.of(failure.code(), "", failure.message(), failure.advice());
  }
}
