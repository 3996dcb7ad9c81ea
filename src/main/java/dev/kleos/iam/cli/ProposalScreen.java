package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.report.DoubtReport;
import dev.kleos.iam.report.EditReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Proposal;
import java.util.Objects;

/// What `grant` and `revoke` show before they ask: the lines and the grants, in the order in which
/// they would change, and then what somebody should know.
record ProposalScreen(Session session, AccessWords words, Screen screen, TypedPrincipals typed) {
  void show(Proposal proposal) {
    if (words == AccessWords.GRANT) {
      new EditReport(screen).print(proposal.edits());
    }
    session.showFindings(screen, proposal.previewed(), proposal.origins(), Wording.PREVIEW);
    if (words == AccessWords.REVOKE) {
      new EditReport(screen).print(proposal.edits());
    }
    remark(proposal);
  }

  private void remark(Proposal proposal) {
    var remarks = proposal.remarks();
    if (!proposal.previewed().refusals().isEmpty()) {
      return;
    }
    if (!remarks.unchanged().isEmpty()
        && (typed.texts().size() > 1 || words == AccessWords.REVOKE)) {
      remarks.unchanged().forEach(who -> screen.line(words.unchanged(who.spelling())));
      screen.blank();
    }
    remarks.kept().forEach(this::kept);
    remarks.renewed().forEach(this::renewed);
    new DoubtReport(screen, typed::spelledLike, typed::command).print(remarks.doubts());
  }

  private void kept(PlanEntry entry) {
    var until = Objects.requireNonNull(entry.until()).spelling();
    screen.line(
        Span.bold("The end stays: "),
        Span.of(entry.principal() + " until " + until + " (" + place(entry) + ")."));
    screen.line("  For no end: " + session.command(words.verb(), "--replace"));
    screen.blank();
  }

  private void renewed(PlanEntry entry) {
    screen.line(
        new Span(Style.ALARM, "Check: "),
        Span.of(
            "the access of "
                + entry.principal()
                + " had ended ("
                + place(entry)
                + "), and will have no end now; --for 30d or --until gives it one."));
    screen.blank();
  }

  private static String place(PlanEntry entry) {
    return entry.origin().file() + ":" + entry.origin().line();
  }
}
