package dev.kleos.iam.report;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Origins;
import java.util.List;

/// Grants of one resource: the roles as a heading, then a line a principal, in columns.
final class GrantTable {
  private static final int WIDEST = 72;

  private final Screen screen;
  private final Origins origins;
  private final Wording wording;
  private final boolean verbose;

  /// @param verbose whether each line says where in the plan files it comes from
  GrantTable(Screen screen, Origins origins, Wording wording, boolean verbose) {
    this.screen = screen;
    this.wording = wording;
    this.origins = origins;
    this.verbose = verbose;
  }

  void print(Resource resource, List<GrantRow.Group> groups) {
    var principals = 0;
    var whens = 0;
    for (var group : groups) {
      for (var row : group.rows()) {
        principals = Math.max(principals, Span.width(row.principal().spelling()));
        whens = Math.max(whens, Span.width(row.when()));
      }
    }
    for (var group : groups) {
      group.roles().forEach(role -> screen.line(Span.of("    "), Span.of(role.name())));
      for (var row : group.rows()) {
        var note = note(resource, group, row);
        screen.line(
            Span.of("      "),
            row.sign().span(),
            Span.of(" "),
            row.sign().span(row.principal().spelling()).padded(Math.min(principals, WIDEST)),
            Span.of("  "),
            Span.of(row.when()).padded(note.text().isEmpty() ? 0 : Math.min(whens, WIDEST)),
            Span.of(whens == 0 ? "" : "  "),
            note);
      }
    }
  }

  private Span note(Resource resource, GrantRow.Group group, GrantRow row) {
    return switch (row.sign()) {
      case REMOVED ->
          row.ended() ? Span.dim("has ended already") : new Span(Style.ALARM, wording.ofRemoved());
      case UNMANAGED -> Span.dim(row.ended() ? "has ended" : "");
      case ADDED -> Span.dim(joined(wording.ofAdded(), source(resource, group, row)));
      case CHANGED -> Span.dim(joined(wording.ofChanged(), source(resource, group, row)));
    };
  }

  private String source(Resource resource, GrantRow.Group group, GrantRow row) {
    return origins
        .of(resource, new Grant.Assignment(group.roles().getFirst(), row.principal()))
        .map(origin ->
            joined(
                origin.reason() == null ? "" : origin.reason(),
                verbose ? origin.file() + ":" + origin.line() : ""))
        .orElse("");
  }

  private static String joined(String left, String right) {
    return left.isEmpty() || right.isEmpty() ? left + right : left + "  " + right;
  }
}
