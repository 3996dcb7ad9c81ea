package dev.kleos.iam.checkup;

import dev.kleos.iam.model.Resource;
import dev.kleos.iam.session.AdcFile;
import dev.kleos.iam.session.BrokenSettingException;
import dev.kleos.iam.session.GcloudSettings;
import dev.kleos.iam.session.LastingImpersonation;
import dev.kleos.iam.session.ProxySettings;
import dev.kleos.iam.session.Setting;
import dev.kleos.iam.session.StoredCredential;
import dev.kleos.iam.session.StoredCredential.Kind;
import dev.kleos.iam.session.SwitchedOn;
import dev.kleos.iam.session.WhoActs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What credential files, gcloud's settings and variables on this machine say, before anybody is
/// asked: gcloud and programs go by different files, and people mend one and use the other.
public final class Machine {
  private final Map<String, String> env;
  private final String project;
  private final Optional<Resource.Account> account;
  private final AdcFile adc;
  private final GcloudSettings gcloud;
  private final LocalRemedies remedies;
  private final LastingImpersonation lasting;
  private final Instant now;

  /// Reads them.
  ///
  /// @param project the project of the road
  /// @param account the account of the road, as far as that is known beforehand
  /// @param lasting what kleos-iam may have switched on
  public Machine(
      Map<String, String> env,
      String project,
      Optional<Resource.Account> account,
      LastingImpersonation lasting,
      Instant now) {
    this.env = env;
    this.project = project;
    this.account = account;
    this.adc = AdcFile.find(env);
    this.gcloud = GcloudSettings.of(env);
    this.remedies = new LocalRemedies(env, project, adc);
    this.lasting = lasting;
    this.now = now;
  }

  /// What mends the way to Google from here.
  public Ways ways() {
    var projects = new ArrayList<String>();
    gcloud.project().map(Setting::value).ifPresent(projects::add);
    if (adc instanceof AdcFile.Found found) {
      found.quotaProject().ifPresent(projects::add);
    }
    return remedies.ways(projects);
  }

  /// How it stands, in order; the first is about credentials.
  public List<Step> look() {
    var steps = new ArrayList<Step>();
    steps.add(credentials());
    if (adc instanceof AdcFile.Found found) {
      if (found.behind().credential().kind() == Kind.LOGIN) {
        steps.add(quotaProject(found.behind()));
      }
      steps.add(gcloud(found.behind().credential()));
    } else {
      steps.add(gcloud());
    }
    steps.add(impersonation());
    proxy().ifPresent(steps::add);
    return steps;
  }

  private Step credentials() {
    return switch (adc) {
      case AdcFile.Found found ->
          Step.fine(Stage.CREDENTIALS, words(found.credential()) + " (" + found.file() + ")");
      case AdcFile.Missing missing ->
          Step.fine(Stage.CREDENTIALS, "this machine's own; there is no " + missing.file());
      case AdcFile.Broken broken ->
          Step.broken(
              Stage.CREDENTIALS, Refusals.brief(broken.sentence()), LocalRemedies.of(broken));
    };
  }

  /// Of the login, also where it is behind an account that it impersonates: the road is gone as
  /// whoever is behind.
  private Step quotaProject(AdcFile.Found login) {
    return login
        .quotaProject()
        .map(id -> Step.fine(Stage.QUOTA_PROJECT, id))
        .orElseGet(() ->
            Step.broken(
                Stage.QUOTA_PROJECT,
                "none is set: some APIs refuse a user login without one",
                remedies.quotaProject()));
  }

  /// Whether gcloud is the same person in the same project as programs are. Programs that have a
  /// key need not be: that may be why they have it.
  private Step gcloud(StoredCredential programs) {
    var account = gcloud.account();
    var login = programs.account();
    if (account.isPresent() && isAnother(login, account.get())) {
      return Step.broken(
          Stage.GCLOUD,
          "gcloud acts as " + account.get().value() + ", programs as " + login.orElse(""),
          LocalRemedies.set(account.get(), login.orElse("")));
    }
    var key = programs.clientEmail();
    var step = gcloud();
    return account.isPresent() && isAnother(key, account.get()) && !step.isBroken()
        ? Step.unknown(
            Stage.GCLOUD,
            "gcloud acts as "
                + account.get().value()
                + ", programs by a key of "
                + key.orElse("")
                + ", which may be meant")
        : step;
  }

  private static boolean isAnother(Optional<String> programs, Setting gcloud) {
    return programs.filter(email -> !email.equalsIgnoreCase(gcloud.value())).isPresent();
  }

  /// Whether gcloud works in the project of the road.
  private Step gcloud() {
    var other = gcloud.project().filter(one -> !one.value().equals(project));
    if (other.isPresent()) {
      return Step.broken(
          Stage.GCLOUD,
          "gcloud works in " + other.get().value() + ", this road is in " + project,
          LocalRemedies.set(other.get(), project));
    }
    if (gcloud.unreadable().isPresent()) {
      return Step.unknown(
          Stage.GCLOUD, gcloud.unreadable().get() + ": what gcloud does is not known");
    }
    return Step.fine(
        Stage.GCLOUD,
        gcloud.account().map(one -> "acts as " + one.value()).orElse("no account is set")
            + gcloud.project().map(one -> " in " + one.value()).orElse(""));
  }

  /// What people switch on for a call, and forget. That programs act as the account of the road is
  /// what it is for.
  private Step impersonation() {
    WhoActs who;
    try {
      who = WhoActs.now(env, lasting);
    } catch (BrokenSettingException e) {
      return Step.broken(
          Stage.IMPERSONATION_OFF, Refusals.brief(e.what()), new Remedy.Advice(e.advice()));
    }
    if (who.switchedOn().isPresent()) {
      return switchedOn(who, who.switchedOn().get());
    }
    if (who.gcloud().isPresent()) {
      return Step.broken(
          Stage.IMPERSONATION_OFF,
          "left on: gcloud acts as " + who.gcloud().get().value() + " in all it does",
          LocalRemedies.unset(who.gcloud().get()));
    }
    if (who.programs().isEmpty()) {
      return gcloud.unreadable().isPresent()
          ? Step.unknown(Stage.IMPERSONATION_OFF, "gcloud's is not known")
          : Step.fine(Stage.IMPERSONATION_OFF, "off");
    }
    var on = "on: programs act as " + who.programs().get();
    if (account.isEmpty()) {
      return Step.unknown(Stage.IMPERSONATION_OFF, on + "; if that is not meant, end it")
          .with(remedies.logIn());
    }
    return isOfRoad(who.programs().get())
        ? Step.fine(Stage.IMPERSONATION_OFF, on + ", the account of this road")
        : Step.broken(
            Stage.IMPERSONATION_OFF,
            "left " + on + ", and this road goes by " + account.get().email(),
            remedies.logIn());
  }

  /// Of kleos-iam's own it is known since when, and a day of it is meant.
  private Step switchedOn(WhoActs who, SwitchedOn on) {
    var left = new LeftOn(env, who, now);
    var finding = "on for " + left.time().orElse("") + ": " + left.words();
    if (left.isForgotten()) {
      return Step.broken(Stage.IMPERSONATION_OFF, "left " + finding, LeftOn.OFF);
    }
    if (account.isPresent() && !isOfRoad(on.account())) {
      return Step.broken(
          Stage.IMPERSONATION_OFF,
          finding + ", and this road goes by " + account.get().email(),
          LeftOn.OFF);
    }
    if (!who.isDivided()) {
      return Step.fine(Stage.IMPERSONATION_OFF, finding);
    }
    return who.gcloud().isPresent() && who.programs().isPresent()
        ? Step.broken(Stage.IMPERSONATION_OFF, finding, LeftOn.OFF)
        : Step.unknown(Stage.IMPERSONATION_OFF, finding).with(LeftOn.OFF);
  }

  private boolean isOfRoad(String email) {
    return account.filter(it -> it.email().equalsIgnoreCase(email)).isPresent();
  }

  private Optional<Step> proxy() {
    try {
      return ProxySettings.of(env, gcloud)
          .proxy()
          .map(proxy -> Step.fine(Stage.NETWORK, "through the proxy " + proxy));
    } catch (BrokenSettingException e) {
      return Optional.of(
          Step.broken(Stage.NETWORK, Refusals.brief(e.what()), remedies.withoutProxy()));
    }
  }

  private static String words(StoredCredential credential) {
    var of = credential.account().or(credential::clientEmail).map(" of "::concat).orElse("");
    return switch (credential.kind()) {
      case LOGIN -> "a user login" + of;
      case KEY -> "a service account key" + of;
      case IMPERSONATION ->
          credential.source().map(Machine::words).orElse("a credential")
              + credential.impersonated().map(", which impersonates "::concat).orElse("");
      case FEDERATION, WORKFORCE_LOGIN ->
          (credential.isWorkforce() ? "workforce" : "workload")
              + " identity federation"
              + credential.impersonated().map(" as "::concat).orElse("");
    };
  }
}
