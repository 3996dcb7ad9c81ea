package dev.kleos.iam.report;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Origin;
import dev.kleos.iam.planfile.Origins;
import java.util.ArrayList;
import java.util.List;

/// Grants of one resource: the roles as a heading, then a line a principal, in columns.
final class GrantTable {
  private static final int COLUMNS = 5;
  private static final int WIDEST = 72;

  /// Below the principal, and a little to the right of it.
  private static final int HANGING = 10;

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
    var widths = new int[COLUMNS];
    for (var group : groups) {
      for (var row : group.rows()) {
        var cells = cells(resource, group, row);
        for (var i = 0; i < COLUMNS; i++) {
          widths[i] = Math.max(widths[i], Math.min(Span.width(cells.get(i).text()), WIDEST));
        }
      }
    }
    for (var group : groups) {
      group.roles().forEach(role -> screen.line("    " + Escape.brief(role.name())));
      for (var row : group.rows()) {
        screen.cells(HANGING, line(row, cells(resource, group, row), widths));
      }
    }
  }

  private static Span[] line(GrantRow row, List<Span> cells, int[] widths) {
    var line = new ArrayList<Span>();
    line.add(Span.of("      "));
    line.add(row.sign().span());
    line.add(Span.of(" "));
    for (var i = 0; i < COLUMNS; i++) {
      if (widths[i] > 0) {
        line.add(cells.get(i).padded(widths[i]));
        line.add(Span.of("  "));
      }
    }
    return line.toArray(Span[]::new);
  }

  /// Who, what it means for them, when, why, and where the plan says so.
  private List<Span> cells(Resource resource, GrantRow.Group group, GrantRow row) {
    var origin =
        origins.of(resource, new Grant.Assignment(group.roles().getFirst(), row.principal()));
    return List.of(
        Span.of(Escape.brief(row.principal().spelling())),
        meaning(row),
        Span.of(row.when()),
        Span.of(origin.map(Origin::reason).orElse("")),
        Span.of(verbose ? origin.map(at -> at.file() + ":" + at.line()).orElse("") : ""));
  }

  private Span meaning(GrantRow row) {
    return switch (row.sign()) {
      case REMOVED -> {
        if (row.principal().isDeleted()) {
          yield Span.of("was deleted");
        }
        yield row.ended()
            ? Span.of("has ended already")
            : new Span(Style.ALARM, wording.ofRemoved());
      }
      case UNMANAGED -> Span.of(row.ended() ? "has ended already" : "");
      case ADDED -> Span.of(wording.ofAdded());
      case CHANGED -> Span.of(wording.ofChanged());
    };
  }
}
