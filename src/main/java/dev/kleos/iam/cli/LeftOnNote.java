package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.LeftOn;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.session.BrokenSettingException;
import dev.kleos.iam.session.WhoActs;
import java.util.List;

/// What whoever acts on Google from this machine should know of an impersonation that is on. For an
/// emulator no file of a real login is read.
record LeftOnNote(Session session) {
  /// Says it beside the results.
  void tell() {
    if (session.options().clouds().isGoogle(session.surroundings())) {
      warnings()
          .forEach(warning ->
              session
                  .err()
                  .line(
                      new Span(Style.ALARM, "note: "),
                      Span.of(warning + ". More: kleos-iam impersonate status")));
    }
  }

  private List<String> warnings() {
    var surroundings = session.surroundings();
    var env = surroundings.env();
    try {
      var who = WhoActs.now(env, StateFolder.impersonation(env));
      return new LeftOn(env, who, surroundings.clock().instant()).warnings();
    } catch (BrokenSettingException e) {
      return List.of(e.what().replaceFirst("\\.$", ""));
    }
  }
}
