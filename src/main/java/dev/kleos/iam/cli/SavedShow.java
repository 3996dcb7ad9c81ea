package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedChanges.PlanFile;
import dev.kleos.iam.record.SavedChanges.Since;
import dev.kleos.iam.record.SavedFile;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.report.PreviewReport;
import dev.kleos.iam.report.SavedJson;
import dev.kleos.iam.report.SavedReport;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.SavedPlans;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `show` says of saved changes: the very preview that `plan` has shown, and whether they can
/// be applied still, as far as that can be told here.
record SavedShow(Surroundings surroundings, OutputOptions output, Path file) {
  int show(SavedFile.Read read) {
    var files = SavedPlans.compared(read.changes(), surroundings.directory());
    if (output.isJson()) {
      json(read, files);
    } else {
      text(read.changes(), files);
    }
    return ExitCode.DONE;
  }

  private void text(SavedChanges saved, Map<PlanFile, Since> files) {
    var out = output.out(surroundings);
    var header = saved.header();
    var report = new SavedReport(out);
    report.heading(header);
    report.origin(header, files);
    new PreviewReport(
            out,
            SavedPlans.plan(saved).origins(),
            Wording.PREVIEW,
            header.planned(),
            output.isVerbose(),
            flags -> new PlanAgain("", header).with(flags))
        .print(saved.changeSet(), List.of());
    var sum = Summary.of(saved.changeSet());
    out.line(
        Span.bold(
            sum.isEmpty()
                ? "No changes: all that the plan asked for was in place."
                : "Plan: " + sum + "."));
    if (header.hasExpired(surroundings.clock().instant())) {
      out.line(new Span(Style.ALARM, "EXPIRED: it can be applied no more."));
    } else if (files.containsValue(Since.CHANGED)) {
      out.line(new Span(Style.ALARM, "STALE: it cannot be applied here."));
    } else {
      out.line("Next: " + new PlanAgain("", header).apply(file));
    }
  }

  private void json(SavedFile.Read read, Map<PlanFile, Since> files) {
    var saved = read.changes();
    var now = surroundings.clock().instant();
    var details =
        new SavedJson(file.toString(), read.sha256(), saved.header(), files, Optional.empty(), now);
    new JsonReport(
            "show",
            Optional.empty(),
            saved.changeSet(),
            saved.header().planned(),
            List.of(),
            details,
            SavedPlans.plan(saved).origins(),
            List.of(),
            List.of(),
            new ApiCalls(0, 0))
        .print(surroundings.out());
  }
}
