package dev.kleos.iam.checkup;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.session.AdcFile;
import dev.kleos.iam.session.BrokenSettingException;
import dev.kleos.iam.session.GcloudSettings;
import dev.kleos.iam.session.ProxySettings;
import dev.kleos.iam.session.Setting;
import dev.kleos.iam.session.StoredCredential;
import dev.kleos.iam.session.StoredCredential.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What credential files, gcloud's settings and variables on this machine say, before anybody is
/// asked: gcloud and programs go by different files, and people mend one and use the other.
public final class Machine {
  private static final Remedy LOG_IN =
      Remedy.Shell.of("gcloud", "auth", "application-default", "login");

  private final Map<String, String> env;
  private final String project;
  private final Optional<Resource.Account> account;
  private final AdcFile adc;
  private final GcloudSettings gcloud;

  /// Reads them.
  ///
  /// @param project the project of the road
  /// @param account the account of the road, as far as that is known beforehand
  public Machine(Map<String, String> env, String project, Optional<Resource.Account> account) {
    this.env = env;
    this.project = project;
    this.account = account;
    this.adc = AdcFile.find(env);
    this.gcloud = GcloudSettings.of(env);
  }

  /// What mends the way to Google from here.
  public Ways ways() {
    var projects = new ArrayList<String>();
    gcloud.project().map(Setting::value).ifPresent(projects::add);
    if (adc instanceof AdcFile.Found found) {
      found.quotaProject().ifPresent(projects::add);
    }
    return new Ways(new Ways.Mend("", LOG_IN), unusable(), projects);
  }

  /// What Google's refusal of the quota project comes to.
  private Ways.Mend unusable() {
    var counted =
        adc instanceof AdcFile.Found found ? found.quotaProject() : Optional.<String>empty();
    var finding =
        counted
            .map(id -> "you may not have calls counted for " + id + " (serviceusage.services.use)")
            .orElse("");
    return new Ways.Mend(
        finding, counted.filter(project::equals).isPresent() ? letUse() : quotaProject());
  }

  private Remedy letUse() {
    var who = adc instanceof AdcFile.Found found ? own(found).account() : Optional.<String>empty();
    return who.<Remedy>map(email ->
            Remedy.Shell.of(
                "gcloud",
                "projects",
                "add-iam-policy-binding",
                project,
                "--member",
                Principal.ofAddress(email).spelling(),
                "--role",
                "roles/serviceusage.serviceUsageConsumer",
                "--condition",
                "None"))
        .orElseGet(() ->
            new Remedy.Advice(
                "Ask an admin of "
                    + project
                    + " for roles/serviceusage.serviceUsageConsumer, or name another project."));
  }

  /// How it stands, in order; the first is about credentials.
  public List<Step> look() {
    var steps = new ArrayList<Step>();
    steps.add(credentials());
    if (adc instanceof AdcFile.Found found) {
      if (own(found).kind() == Kind.LOGIN && found.credential().impersonated().isEmpty()) {
        steps.add(quotaProject(found));
      }
      steps.add(gcloud(own(found).account()));
      steps.add(impersonation(found.credential().impersonated()));
    } else {
      steps.add(gcloud(Optional.empty()));
      steps.add(impersonation(Optional.empty()));
    }
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
              Stage.CREDENTIALS,
              Refusals.brief(broken.sentence()),
              broken.isNamed() ? Remedy.Shell.of("unset", AdcFile.VARIABLE) : LOG_IN);
    };
  }

  private Step quotaProject(AdcFile.Found found) {
    return found
        .quotaProject()
        .map(id -> Step.fine(Stage.QUOTA_PROJECT, id))
        .orElseGet(() ->
            Step.broken(
                Stage.QUOTA_PROJECT,
                "none is set: some APIs refuse a user login without one",
                quotaProject()));
  }

  private Remedy quotaProject() {
    return env.getOrDefault(AdcFile.QUOTA_VARIABLE, "").isBlank()
        ? Refusals.quotaProject(project)
        : Remedy.Shell.of("unset", AdcFile.QUOTA_VARIABLE);
  }

  /// Whether gcloud is the same person in the same project as programs are.
  private Step gcloud(Optional<String> login) {
    var account = gcloud.account();
    if (login.isPresent()
        && account.filter(one -> !one.value().equalsIgnoreCase(login.get())).isPresent()) {
      return Step.broken(
          Stage.GCLOUD,
          "gcloud acts as " + account.get().value() + ", programs as " + login.get(),
          set(account.get(), login.get()));
    }
    var other = gcloud.project().filter(one -> !one.value().equals(project));
    if (other.isPresent()) {
      return Step.broken(
          Stage.GCLOUD,
          "gcloud works in " + other.get().value() + ", this road is in " + project,
          set(other.get(), project));
    }
    if (gcloud.unreadable().isPresent()) {
      return Step.unknown(
          Stage.GCLOUD,
          gcloud.unreadable().get() + " cannot be read: what gcloud does is not known");
    }
    return Step.fine(
        Stage.GCLOUD,
        account.map(one -> "acts as " + one.value()).orElse("no account is set")
            + gcloud.project().map(one -> " in " + one.value()).orElse(""));
  }

  /// What people switch on for a call, and forget. That programs act as the account of the road is
  /// what it is for.
  ///
  /// @param target the account that the credentials go on as
  private Step impersonation(Optional<String> target) {
    var left = gcloud.impersonatedAccount();
    if (left.isPresent()) {
      return Step.broken(
          Stage.IMPERSONATION_OFF,
          "left on: gcloud acts as " + left.get().value() + " in all it does",
          unset(left.get()));
    }
    if (target.isEmpty()) {
      return gcloud.unreadable().isPresent()
          ? Step.unknown(Stage.IMPERSONATION_OFF, "gcloud's is not known")
          : Step.fine(Stage.IMPERSONATION_OFF, "off");
    }
    var on = "on: programs act as " + target.get();
    if (account.isEmpty()) {
      return Step.unknown(Stage.IMPERSONATION_OFF, on + "; if that is not meant, end it")
          .with(LOG_IN);
    }
    return account.get().email().equalsIgnoreCase(target.get())
        ? Step.fine(Stage.IMPERSONATION_OFF, on + ", the account of this road")
        : Step.broken(
            Stage.IMPERSONATION_OFF,
            "left " + on + ", and this road goes by " + account.get().email(),
            LOG_IN);
  }

  private Optional<Step> proxy() {
    try {
      return ProxySettings.of(env, gcloud)
          .proxy()
          .map(proxy -> Step.fine(Stage.NETWORK, "through the proxy " + proxy));
    } catch (BrokenSettingException e) {
      return Optional.of(Step.broken(Stage.NETWORK, Refusals.brief(e.what()), withoutProxy()));
    }
  }

  private Remedy withoutProxy() {
    return ProxySettings.variable(env)
        .<Remedy>map(variable -> Remedy.Shell.of("unset", variable))
        .orElseGet(() -> Remedy.Shell.of("gcloud", "config", "unset", "proxy/address"));
  }

  private static Remedy set(Setting setting, String value) {
    return setting.variable().isPresent()
        ? unset(setting)
        : Remedy.Shell.of("gcloud", "config", "set", setting.property(), value);
  }

  private static Remedy unset(Setting setting) {
    return setting
        .variable()
        .<Remedy>map(variable -> Remedy.Shell.of("unset", variable))
        .orElseGet(() -> Remedy.Shell.of("gcloud", "config", "unset", setting.property()));
  }

  private static StoredCredential own(AdcFile.Found found) {
    return found.credential().source().orElse(found.credential());
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
          (credential.isWorkforce() ? "workforce" : "workload") + " identity federation";
    };
  }
}
