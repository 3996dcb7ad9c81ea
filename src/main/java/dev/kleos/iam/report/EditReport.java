package dev.kleos.iam.report;

import dev.kleos.iam.planfile.FileEdit;
import java.util.List;

/// The lines of plan files that an edit changes, each with its number.
public final class EditReport {
  private final Screen screen;

  public EditReport(Screen screen) {
    this.screen = screen;
  }

  /// A block a file.
  public void print(List<FileEdit> edits) {
    for (var edit : edits) {
      screen.line(Sign.CHANGED.span(), Span.of(" "), Span.bold(edit.file()));
      for (var hunk : edit.hunks()) {
        lines(hunk.oldLine(), Sign.REMOVED, hunk.removed());
        lines(hunk.newLine(), Sign.ADDED, hunk.added());
      }
      screen.blank();
    }
  }

  private void lines(int first, Sign sign, List<String> lines) {
    var number = first;
    for (var line : lines) {
      screen.whole(Span.of("%7d ".formatted(number)), sign.span(), Span.of(" " + line));
      number++;
    }
  }
}
