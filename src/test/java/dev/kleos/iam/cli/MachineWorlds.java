package dev.kleos.iam.cli;

import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.util.List;

/// What can be wrong on one's own machine.
final class MachineWorlds {
  private static final String LOGIN =
      GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo");
  private static final String CONFIGURATION =
      "[core]\naccount = alice@example.com\nproject = kleos-demo\n";

  static final List<BrokenWorld> ALL =
      List.of(
          BrokenWorld.onGoogle(
              "no credentials",
              Scene::withoutAdc,
              """
              ✗ credentials     There are no Google credentials on this machine
                                gcloud auth application-default login
              """),
          BrokenWorld.onGoogle(
              "credentials that are no JSON",
              s -> s.adc("{not json"),
              """
              ✗ credentials     ~/.config/gcloud/application_default_credentials.json is malformed JSON at line 1 column 3
                                gcloud auth application-default login
              """),
          BrokenWorld.onGoogle(
              "credentials of an unknown kind",
              s -> s.adc("{\"type\": \"magic\"}"),
              """
              ✗ credentials     ~/.config/gcloud/application_default_credentials.json is of a kind that kleos-iam does not know (type)
                                gcloud auth application-default login
              """),
          BrokenWorld.onGoogle(
              "GOOGLE_APPLICATION_CREDENTIALS names a file that is not there",
              s -> s.set("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json"),
              """
              ✗ credentials     /nowhere/key.json, which GOOGLE_APPLICATION_CREDENTIALS names, is not there
                                unset GOOGLE_APPLICATION_CREDENTIALS
              """),
          BrokenWorld.onGoogle(
              "a login that was revoked",
              s -> s.adc(GoogleOnLoopback.login("alice@example.com", "revoked", "kleos-demo")),
              """
              ✗ credentials     The login of the Application Default Credentials has expired or was revoked
                                gcloud auth application-default login
              """),
          BrokenWorld.onGoogle(
              "the same in a file that GOOGLE_APPLICATION_CREDENTIALS names",
              s -> s.namedAdc(GoogleOnLoopback.login("alice@example.com", "revoked", "kleos-demo")),
              """
              ✗ credentials     The login of the Application Default Credentials has expired or was revoked
                                unset GOOGLE_APPLICATION_CREDENTIALS
              """),
          BrokenWorld.onGoogle(
              "credentials that lead elsewhere than to Google",
              s ->
                  s.adc(
                      LOGIN.replace(
                          "\"type\"",
                          "\"token_uri\": \"https://evil.example.com/token\", \"type\"")),
              """
              ✗ credentials     ~/.config/gcloud/application_default_credentials.json leads to https://evil.example.com (token_uri), which is not Google's; nothing was sent
                                gcloud auth application-default login
              """),
          BrokenWorld.onGoogle(
              "no quota project",
              s -> s.adc(GoogleOnLoopback.login("alice@example.com", "alice@example.com", "")),
              """
              ✗ quota project   none is set: some APIs refuse a user login without one
                                gcloud auth application-default set-quota-project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "no quota project in a file that GOOGLE_APPLICATION_CREDENTIALS names",
              s -> s.namedAdc(GoogleOnLoopback.login("alice@example.com", "alice@example.com", "")),
              """
              ✗ quota project   none is set: some APIs refuse a user login without one
                                export GOOGLE_CLOUD_QUOTA_PROJECT=kleos-demo
              """),
          BrokenWorld.onGoogle(
              "a quota project that is not hers to use",
              s ->
                  s.adc(
                      GoogleOnLoopback.login(
                          "alice@example.com", "alice@example.com", "elsewhere")),
              """
              ✗ quota project   you may not have calls counted for elsewhere (serviceusage.services.use)
                                gcloud auth application-default set-quota-project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the same by a variable",
              s -> s.set("GOOGLE_CLOUD_QUOTA_PROJECT", "elsewhere"),
              """
              ✗ quota project   you may not have calls counted for elsewhere (serviceusage.services.use)
                                unset GOOGLE_CLOUD_QUOTA_PROJECT
              """),
          BrokenWorld.onGoogle(
              "a quota project that she may not use, though it is the road's own",
              s -> s.world.withoutQuota(),
              """
              ✗ quota project   you may not have calls counted for kleos-demo (serviceusage.services.use)
                                An admin runs: gcloud projects add-iam-policy-binding kleos-demo --member user:alice@example.com --role roles/serviceusage.serviceUsageConsumer --condition None
              """),
          BrokenWorld.onGoogle(
              "certificates that are not there",
              s -> s.set("SSL_CERT_FILE", "/nowhere/ca.pem"),
              """
              ✗ network         /nowhere/ca.pem, which SSL_CERT_FILE names, is not there
                                Name a file of certificates in PEM there, or unset it.
              """),
          BrokenWorld.onGoogle(
              "a proxy whose certificate is not trusted",
              s -> {
                s.set("SSL_CERT_FILE", "");
                s.ask("--timeout", "2s");
              },
              """
              ✗ network         Whoever answers in Google's name has a certificate that this machine does not trust (PKIX path building failed); nothing was sent
                                Where a proxy opens TLS, name the file of its authority's certificate in CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE or SSL_CERT_FILE.
              """),
          BrokenWorld.onGoogle(
              "a proxy that is not there",
              s -> {
                s.set("https_proxy", "http://127.0.0.1:1");
                s.ask("--timeout", "2s");
              },
              """
              ✗ network         The proxy 127.0.0.1:1 (https_proxy) does not answer
                                Check the network, and the address in https_proxy.
              """),
          BrokenWorld.onGoogle(
              "gcloud logged in as somebody else",
              s -> s.configure("[core]\naccount = bob@example.com\nproject = kleos-demo\n"),
              """
              ✗ gcloud          gcloud acts as bob@example.com, programs as alice@example.com
                                gcloud config set core/account alice@example.com
              """),
          BrokenWorld.onGoogle(
              "gcloud as somebody else by a variable",
              s -> s.set("CLOUDSDK_CORE_ACCOUNT", "bob@example.com"),
              """
              ✗ gcloud          gcloud acts as bob@example.com, programs as alice@example.com
                                unset CLOUDSDK_CORE_ACCOUNT
              """),
          BrokenWorld.onGoogle(
              "gcloud in another project",
              s -> s.configure("[core]\naccount = alice@example.com\nproject = elsewhere\n"),
              """
              ✗ gcloud          gcloud works in elsewhere, this road is in kleos-demo
                                gcloud config set core/project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "gcloud in another project by a variable",
              s -> s.set("CLOUDSDK_CORE_PROJECT", "elsewhere"),
              """
              ✗ gcloud          gcloud works in elsewhere, this road is in kleos-demo
                                unset CLOUDSDK_CORE_PROJECT
              """),
          BrokenWorld.onGoogle(
              "impersonation left on in gcloud",
              s ->
                  s.configure(
                      CONFIGURATION
                          + "[auth]\nimpersonate_service_account = other@kleos-demo.iam.gserviceaccount.com\n"),
              """
              ✗ impersonation   left on: gcloud acts as other@kleos-demo.iam.gserviceaccount.com in all it does
                                gcloud config unset auth/impersonate_service_account
              """),
          BrokenWorld.onGoogle(
              "impersonation left on by a variable",
              s ->
                  s.set(
                      "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT",
                      "other@kleos-demo.iam.gserviceaccount.com"),
              """
              ✗ impersonation   left on: gcloud acts as other@kleos-demo.iam.gserviceaccount.com in all it does
                                unset CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT
              """),
          BrokenWorld.onGoogle(
              "credentials that act as another account",
              s ->
                  s.adc(
                      CredentialFiles.impersonating(
                          "other@kleos-demo.iam.gserviceaccount.com", "[]", LOGIN)),
              """
              ✗ impersonation   left on: programs act as other@kleos-demo.iam.gserviceaccount.com, and this road goes by kleos-invoker@kleos-demo.iam.gserviceaccount.com
                                gcloud auth application-default login
              """),
          BrokenWorld.onGoogle(
              "the same in a file that GOOGLE_APPLICATION_CREDENTIALS names",
              s ->
                  s.namedAdc(
                      CredentialFiles.impersonating(
                          "other@kleos-demo.iam.gserviceaccount.com", "[]", LOGIN)),
              """
              ✗ impersonation   left on: programs act as other@kleos-demo.iam.gserviceaccount.com, and this road goes by kleos-invoker@kleos-demo.iam.gserviceaccount.com
                                unset GOOGLE_APPLICATION_CREDENTIALS
              """),
          BrokenWorld.onGoogle(
              "a malformed proxy",
              Scene::breakProxy,
              """
              ✗ network         https_proxy is no host and port of a proxy
                                unset https_proxy
              """));

  private MachineWorlds() {}
}
