package dev.kleos.iam.checkup;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.session.AdcFile;
import dev.kleos.iam.session.ProxySettings;
import dev.kleos.iam.session.Setting;
import dev.kleos.iam.session.StoredCredential.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What mends credentials and settings on this machine. A variable stands before every file, and
/// gcloud writes its own files alone: where a variable is in force, it is what has to change.
///
/// @param project the project of the road
record LocalRemedies(Map<String, String> env, String project, AdcFile adc) {
  private static final Remedy LOG_IN =
      Remedy.Shell.of("gcloud", "auth", "application-default", "login");
  private static final Remedy UNSET = Remedy.Shell.of("unset", AdcFile.VARIABLE);

  /// What mends the way to Google.
  ///
  /// @param projects that gcloud and the credentials name
  Ways ways(List<String> projects) {
    return new Ways(new Ways.Mend("", known()), unusable(), projects);
  }

  /// Makes the caller known again. A key or a federation is no login that anybody could renew: what
  /// Google's answer has people do counts there.
  private Remedy known() {
    return adc instanceof AdcFile.Found found
            && found.isNamed()
            && found.behind().credential().kind() != Kind.LOGIN
        ? new Remedy.None()
        : logIn();
  }

  /// A login goes into the file that stands behind the one that the variable names.
  Remedy logIn() {
    return switch (adc) {
      case AdcFile.Found found -> found.isNamed() ? UNSET : LOG_IN;
      case AdcFile.Broken broken -> broken.isNamed() ? UNSET : LOG_IN;
      case AdcFile.Missing _ -> LOG_IN;
    };
  }

  /// Mends a file of credentials. Where something is in its place that gcloud cannot write over, a
  /// login would change nothing.
  static Remedy of(AdcFile.Broken broken) {
    if (broken.isNamed()) {
      return UNSET;
    }
    return broken.isMendedByALogin() ? LOG_IN : new Remedy.Advice(broken.advice());
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
    var who =
        adc instanceof AdcFile.Found found
            ? found.behind().credential().account()
            : Optional.<String>empty();
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

  /// The variable stands before every file; gcloud writes into its own alone, and into none that
  /// impersonates an account.
  Remedy quotaProject() {
    var isByVariable = !env.getOrDefault(AdcFile.QUOTA_VARIABLE, "").isBlank();
    if (isByVariable
        && adc instanceof AdcFile.Found found
        && found.credential().quotaProject().isPresent()) {
      return Remedy.Shell.of("unset", AdcFile.QUOTA_VARIABLE);
    }
    var isBeyondGcloud =
        adc instanceof AdcFile.Found found
            && (found.isNamed() || found.credential().kind() == Kind.IMPERSONATION);
    return isByVariable || isBeyondGcloud
        ? Remedy.Shell.of("export", AdcFile.QUOTA_VARIABLE + "=" + project)
        : Refusals.quotaProject(project);
  }

  /// Goes without the proxy that is malformed.
  Remedy withoutProxy() {
    return ProxySettings.variable(env)
        .<Remedy>map(variable -> Remedy.Shell.of("unset", variable))
        .orElseGet(() -> Remedy.Shell.of("gcloud", "config", "unset", "proxy/address"));
  }

  /// Sets a property of gcloud's.
  static Remedy set(Setting setting, String value) {
    return setting.variable().isPresent()
        ? unset(setting)
        : Remedy.Shell.of("gcloud", "config", "set", setting.property(), value);
  }

  /// Unsets it.
  static Remedy unset(Setting setting) {
    return setting
        .variable()
        .<Remedy>map(variable -> Remedy.Shell.of("unset", variable))
        .orElseGet(() -> Remedy.Shell.of("gcloud", "config", "unset", setting.property()));
  }
}
