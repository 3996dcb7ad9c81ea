package dev.kleos.iam.planfile;

import com.github.difflib.DiffUtils;
import java.util.Arrays;
import java.util.List;

/// A plan file before and after an edit.
public record FileEdit(PlanSource.Content before, PlanSource.Content after) {
  /// The file as the user named it.
  public String file() {
    return before.name();
  }

  /// Whether anything changes.
  public boolean isEmpty() {
    return Arrays.equals(before.bytes(), after.bytes());
  }

  /// The lines that change, in the file's order.
  public List<Hunk> hunks() {
    return DiffUtils.diff(lines(before), lines(after)).getDeltas().stream()
        .map(delta ->
            new Hunk(
                delta.getSource().getPosition() + 1,
                delta.getTarget().getPosition() + 1,
                List.copyOf(delta.getSource().getLines()),
                List.copyOf(delta.getTarget().getLines())))
        .toList();
  }

  /// Without their breaks: a line that only got a break is not one that changed.
  private static List<String> lines(PlanSource.Content content) {
    return content.text().lines().toList();
  }

  /// Some lines in place of others.
  ///
  /// @param oldLine number of the first removed line, from 1, in the file before
  /// @param newLine number of the first added line, from 1, in the file after
  public record Hunk(int oldLine, int newLine, List<String> removed, List<String> added) {}
}
