package dev.kleos.iam.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// What the manual says of commands besides what they say of themselves: the variables and the
/// files that they read.
final class ManWords {
  private ManWords() {}

  static Map<String, String> environment(CommandSpec command) {
    var all = new LinkedHashMap<String, String>();
    if (isRoot(command) || command.findOption("--project") != null) {
      all.put(
          "GCLOUD_PROJECT, GOOGLE_CLOUD_PROJECT",
          "The project where neither --project nor a plan file names one; the first that is set.");
    }
    if (connects(command)) {
      all.put(
          "GOOGLE_APPLICATION_CREDENTIALS",
          "The credential file to use instead of gcloud's application default credentials.");
      all.put(
          "GOOGLE_CLOUD_QUOTA_PROJECT",
          "The project that calls are counted for, before the credential file's own.");
      all.put(
          "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES",
          "Has to be 1 where a credential file gets its token from a program.");
      all.put("NO_GCE_CHECK", "Where it is true, no metadata server is asked for credentials.");
      all.put("CLOUDSDK_CONFIG", "The folder of gcloud's settings, by default ~/.config/gcloud.");
      all.put("CLOUDSDK_ACTIVE_CONFIG_NAME", "Which of gcloud's configurations is read.");
      all.put(
          "https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY",
          "The proxy to Google, http://USER:PASSWORD@HOST:PORT; before gcloud's proxy settings.");
      all.put("no_proxy, NO_PROXY", "The hosts that are reached without it.");
      all.put(
          "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE, SSL_CERT_FILE",
          "A file of certificates, in PEM, to trust besides the usual ones.");
      all.put(
          EmulatorHost.VARIABLE,
          "HOST:PORT of a running kleos-iam emulator, which takes the place of Google.");
      all.put(EmulatorCaller.VARIABLE, "Who is calling that emulator: an address, or operator.");
    }
    if (isRoot(command) || command.findOption("--color") != null) {
      all.put("NO_COLOR", "Where it is not empty, nothing is coloured unless --color asks for it.");
      all.put("TERM", "Where it is dumb, the same.");
    }
    return all;
  }

  static Map<String, String> files(CommandSpec command) {
    var all = new LinkedHashMap<String, String>();
    if (isRoot(command) || command.findOption("--project") != null) {
      all.put(
          "plans/", "Plan files where none is named: every .yaml and .yml file in it and below.");
      all.put("kleos-iam.yaml", "The plan file where there is no such folder.");
    }
    if (connects(command)) {
      all.put(
          "~/.config/gcloud/application_default_credentials.json",
          "Whose calls they are, as gcloud auth application-default login wrote it.");
      all.put(
          "~/.config/gcloud/configurations/",
          "gcloud's settings, of which those on the proxy and the certificates are read.");
    }
    return all;
  }

  private static boolean isRoot(CommandSpec command) {
    return command.parent() == null;
  }

  /// Whether a command speaks to Google; `validate` takes such options and lets them be.
  private static boolean connects(CommandSpec command) {
    var option = command.findOption("--emulator");
    return isRoot(command) || (option != null && !option.hidden());
  }
}
