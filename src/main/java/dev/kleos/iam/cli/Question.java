package dev.kleos.iam.cli;

import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;

/// The question before something is changed.
final class Question {
  private final Session session;
  private final boolean yes;
  private final String verb;
  private final String participle;

  /// @param yes whether the answer was given beforehand
  /// @param verb what is asked about, e.g. `apply`
  /// @param participle the same when it was done, e.g. `applied`
  Question(Session session, boolean yes, String verb, String participle) {
    this.session = session;
    this.yes = yes;
    this.verb = verb;
    this.participle = participle;
  }

  /// Whether a person is asked.
  boolean isAsked() {
    return !yes && session.surroundings().terminals().canAsk();
  }

  /// Where what is asked about is shown: with the question, where the results go elsewhere.
  Screen screen() {
    var unseen = isAsked() && !session.surroundings().terminals().out();
    return session.isJson() || unseen ? session.err() : session.out();
  }

  /// Whether to go ahead.
  ///
  /// @param sum what would change, in a few words
  boolean isAnsweredYes(String sum) {
    if (session.surroundings().out().checkError()) {
      session.err().line("Not " + participle + ": what would change could not be shown.");
      return false;
    }
    return yes || isConfirmed(sum);
  }

  private boolean isConfirmed(String sum) {
    var err = session.err();
    if (!isAsked()) {
      err.line(
          new Span(Style.ALARM, "Not " + participle + ": "),
          Span.of(
              "nobody is at a terminal to confirm (" + sum + "). Add --yes to " + verb + " it."));
      return false;
    }
    var asked = Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
    err.line(Span.bold(asked + " this? " + sum + "."));
    err.prompt("Type yes to " + verb + " it, anything else to stop: ");
    var answer = new Answers(session.surroundings().in()).next();
    if (answer.isEmpty()) {
      err.blank();
    }
    var confirmed = answer.filter("yes"::equals).isPresent();
    if (confirmed) {
      err.blank();
    } else {
      err.line("Not confirmed: nothing was changed.");
    }
    return confirmed;
  }
}
