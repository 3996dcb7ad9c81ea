package dev.kleos.iam.session;

import dev.kleos.iam.session.StoredCredential.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Whom gcloud and other programs impersonate on this machine, by files and variables.
///
/// @param gcloud the setting that makes gcloud impersonate
/// @param programs whom the Application Default Credentials impersonate
/// @param gcloudLogin who gcloud is logged in as
/// @param programsLogin whose the Application Default Credentials are, as far as they say
/// @param switchedOn what kleos-iam switched on, as long as it is in force
public record WhoActs(
    Optional<Setting> gcloud,
    Optional<String> programs,
    Optional<String> gcloudLogin,
    Optional<String> programsLogin,
    Optional<SwitchedOn> switchedOn) {
  /// After that an impersonation counts as forgotten.
  static final Duration LONG = Duration.ofDays(1);

  /// As it is now.
  ///
  /// @throws BrokenSettingException where it is not known what was switched on
  public static WhoActs now(Map<String, String> env, LastingImpersonation lasting) {
    var settings = GcloudSettings.of(env);
    var gcloud = settings.impersonatedAccount();
    var adc = AdcFile.find(env);
    var programs = programs(adc);
    var on = lasting.current();
    return new WhoActs(
        gcloud,
        programs,
        settings.account().map(Setting::value),
        programsLogin(adc),
        on.filter(it ->
            gcloud.filter(one -> one.value().equals(it.account())).isPresent()
                || programs.filter(it.account()::equals).isPresent()));
  }

  /// Whom programs impersonate. A workload of another provider is the account that its file names:
  /// that is no impersonation that anybody switched on.
  static Optional<String> programs(AdcFile adc) {
    return adc instanceof AdcFile.Found found && found.credential().kind() == Kind.IMPERSONATION
        ? found.credential().impersonated()
        : Optional.empty();
  }

  private static Optional<String> programsLogin(AdcFile adc) {
    if (adc instanceof AdcFile.Found found) {
      var own = found.behind().credential();
      return own.account().or(own::clientEmail);
    }
    return Optional.empty();
  }

  /// Whether one of both impersonates what the other does not. Where nobody ever logged in with
  /// gcloud, as in CI, there is nobody for programs to differ from.
  public boolean isDivided() {
    var hasGcloud = gcloud.isPresent() || gcloudLogin.isPresent();
    return hasGcloud && !gcloud.map(Setting::value).equals(programs);
  }

  /// Since when, where that is longer than a day.
  public Optional<Instant> forgottenSince(Instant now) {
    return switchedOn.map(SwitchedOn::since).filter(since -> since.plus(LONG).isBefore(now));
  }
}
