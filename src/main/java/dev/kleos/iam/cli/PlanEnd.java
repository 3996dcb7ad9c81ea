package dev.kleos.iam.cli;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedFile;
import dev.kleos.iam.report.FailureReport;
import dev.kleos.iam.report.HistoryReport;
import dev.kleos.iam.report.JsonDetails;
import dev.kleos.iam.report.SavedJson;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Previewed;
import dev.kleos.iam.workflow.SavedPlans;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How `plan` ends: what it found, and the file that it saves it in.
final class PlanEnd {
  private final Session session;
  private final ChangeOptions changes;
  private final @Nullable Path out;

  /// @param out where to save what is found; null for nowhere
  PlanEnd(Session session, ChangeOptions changes, @Nullable Path out) {
    this.session = session;
    this.changes = changes;
    this.out = out;
  }

  /// Makes sure that it can be saved, before anything is read.
  void prepare() {
    if (out != null) {
      var obstacle = file(out).obstacle();
      if (obstacle.isPresent()) {
        throw new PlanUsageException("--out " + out + ": " + obstacle.get());
      }
    }
  }

  /// Saves what was found, unless something speaks against applying it, and tells all of it.
  ///
  /// @return whether it is saved where it is to be
  boolean conclude(Previewed previewed) {
    var isGood = previewed.isComplete() && previewed.refusals().isEmpty();
    if (!session.isJson()) {
      session.showFindings(
          session.out(),
          previewed,
          session.plan().origins(),
          Wording.PREVIEW,
          flags -> session.command(out == null ? "apply" : "plan", flags.toArray(String[]::new)));
    }
    var saved = out != null && isGood ? save(out, previewed) : Optional.<Saved>empty();
    var failure = saved.flatMap(Saved::failure);
    if (session.isJson()) {
      session.json(
          previewed,
          List.of(),
          session.plan().origins(),
          saved.flatMap(Saved::details).orElse(JsonDetails.NONE),
          failure.stream().toList());
    } else {
      sum(previewed);
      tell(isGood, saved);
    }
    return failure.isEmpty();
  }

  private void sum(Previewed previewed) {
    var changeSet = previewed.changeSet();
    var sum = "";
    var next = "";
    if (!previewed.isComplete()) {
      sum = "Incomplete: apply writes nothing until everything can be read.";
    } else if (!previewed.refusals().isEmpty()) {
      sum = "Refused" + Summary.inBrackets(changeSet) + ": apply would write nothing.";
    } else if (changeSet.isInSync()) {
      sum = "No changes: all that the plan asks for is in place.";
    } else {
      sum = "Plan: " + Summary.of(changeSet) + ".";
      next = out == null ? session.command("apply") : "";
    }
    session.sum(session.out(), sum, next);
  }

  private void tell(boolean isGood, Optional<Saved> saved) {
    if (out == null) {
      return;
    }
    var screen = session.out();
    if (!isGood) {
      screen.line("Nothing was saved.");
      return;
    }
    var failure = saved.flatMap(Saved::failure);
    if (failure.isPresent()) {
      new FailureReport(screen).print(failure.get(), "");
      return;
    }
    var expires = session.surroundings().clock().instant().plus(SavedChanges.LIFETIME);
    screen.line("Saved in " + out + ", to be applied before " + HistoryReport.time(expires));
    var clouds = session.options().clouds();
    screen.line("To look at it: " + CommandText.line(List.of("kleos-iam", "show", out.toString())));
    screen.line(
        "Next: "
            + clouds.before(session.surroundings())
            + clouds.line(List.of("apply", "--from", out.toString())));
  }

  private Optional<Saved> save(Path path, Previewed previewed) {
    var saved = changes(previewed);
    try {
      var sha256 = file(path).save(saved);
      var json =
          new SavedJson(
              path.toString(),
              sha256,
              saved.header(),
              Map.of(),
              Optional.empty(),
              saved.header().planned());
      return Optional.of(new Saved(Optional.of(json), Optional.empty()));
    } catch (IOException e) {
      var why = Objects.requireNonNullElse(e.getMessage(), e.toString());
      var failure =
          Failure.of(
              "FAILED_PRECONDITION", "", "Nothing was saved in " + path + ": " + why + ".", "");
      return Optional.of(new Saved(Optional.empty(), Optional.of(failure)));
    }
  }

  private SavedChanges changes(Previewed previewed) {
    var plan = session.plan();
    var now = session.surroundings().clock().instant();
    var typed = CommandText.words(session.options().spec(), "plan", Map.of());
    var header =
        new SavedChanges.Header(
            now,
            now.plus(SavedChanges.LIFETIME),
            SavedUses.place(session.options().clouds(), session.surroundings()),
            session.cloud().caller().email().orElse(""),
            Version.number(),
            typed.subList(2, typed.size()),
            SavedPlans.said(changes.overrides()),
            SavedPlans.files(session.files(), plan.origins()));
    return new SavedChanges(
        header, plan.desired(), SavedPlans.lines(plan.origins()), previewed.changeSet());
  }

  private SavedFile file(Path path) {
    return new SavedFile(new LocalDisk(), session.surroundings().directory().resolve(path));
  }

  /// What came of saving.
  private record Saved(Optional<JsonDetails> details, Optional<Failure> failure) {}
}
