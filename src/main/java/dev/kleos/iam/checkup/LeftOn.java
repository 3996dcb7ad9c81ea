package dev.kleos.iam.checkup;

import dev.kleos.iam.session.AdcFile;
import dev.kleos.iam.session.Setting;
import dev.kleos.iam.session.SwitchedOn;
import dev.kleos.iam.session.WhoActs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to know of an impersonation that is on, and what ends it: people switch it on for a call,
/// and forget it.
public record LeftOn(Map<String, String> env, WhoActs who, Instant now) {
  static final Remedy OFF = Remedy.Shell.of("kleos-iam", "impersonate", "off");

  /// Who acts as whom, as a clause.
  public String words() {
    if (gcloud().equals(programs())) {
      return gcloud()
          .map("gcloud and programs act as "::concat)
          .orElse("gcloud and programs act as yourself");
    }
    return "gcloud acts as "
        + gcloud().orElse("yourself")
        + ", programs as "
        + programs().orElse("yourself");
  }

  /// Whom gcloud impersonates.
  public Optional<String> gcloud() {
    return who.gcloud().map(Setting::value);
  }

  /// Whom programs impersonate.
  public Optional<String> programs() {
    return who.programs();
  }

  /// Who gcloud acts as, and by what.
  public String gcloudActsAs() {
    return who.gcloud()
        .map(setting -> setting.value() + " (" + setting.origin() + ")")
        .orElseGet(() -> oneself(who.gcloudLogin()));
  }

  /// Who programs act as.
  public String programsActAs() {
    return who.programs().orElseGet(() -> oneself(who.programsLogin()));
  }

  private static String oneself(Optional<String> login) {
    return "yourself" + login.map(email -> " (" + email + ")").orElse("");
  }

  /// Since when it has been on, where that is known.
  public Optional<Instant> since() {
    return who.switchedOn().map(SwitchedOn::since);
  }

  /// How long it has been on, where that is known.
  public Optional<String> time() {
    return since().map(since -> time(Duration.between(since, now)));
  }

  /// Whether it is likely to be forgotten.
  public boolean isForgotten() {
    return who.forgottenSince(now).isPresent();
  }

  /// Clauses that nobody should miss who acts on this machine; none where nothing is on.
  public List<String> warnings() {
    var warnings = new ArrayList<String>();
    if (isForgotten()) {
      warnings.add(
          "impersonation of "
              + who.switchedOn().map(SwitchedOn::account).orElse("")
              + " has been on for "
              + time().orElse(""));
    }
    if (who.isDivided()) {
      warnings.add("gcloud and programs do not act as the same: " + words());
    }
    return warnings;
  }

  /// What ends it.
  public List<Remedy> ends() {
    var ends = new ArrayList<Remedy>();
    var byVariable = who.gcloud().filter(setting -> setting.variable().isPresent());
    if (who.switchedOn().isPresent() || (who.gcloud().isPresent() && byVariable.isEmpty())) {
      ends.add(OFF);
    }
    byVariable.map(LocalRemedies::unset).ifPresent(ends::add);
    if (who.programs().isPresent() && who.switchedOn().filter(SwitchedOn::hasPrograms).isEmpty()) {
      ends.add(new LocalRemedies(env, "", AdcFile.find(env)).logIn());
    }
    return ends;
  }

  /// In days from two of them on, else in hours or minutes.
  private static String time(Duration time) {
    if (time.toDays() > 1) {
      return time.toDays() + " days";
    }
    return time.toHours() > 0 ? count(time.toHours(), "hour") : count(time.toMinutes(), "minute");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
