package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// That of all other programs: the file of the Application Default Credentials where gcloud keeps
/// it, which impersonates by the login that is in it.
record ProgramsSwitch(Map<String, String> env) implements Switch {
  static final String NAME = "programs";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public FileChange on(String account) throws IOException {
    return switch (AdcFile.find(env)) {
      case AdcFile.Found found when found.isNamed() ->
          throw new BrokenSettingException(
              AdcFile.VARIABLE + " names " + found.file() + ", which programs use instead.",
              "Unset it, then try again; or run the program with kleos-iam exec.");
      case AdcFile.Found found ->
          FileChange.of(
              Home.of(env).adc(), found.behind().impersonating(account, List.of()).file());
      case AdcFile.Missing missing ->
          throw new BrokenSettingException(
              "there is no " + missing.file() + ", by which programs act.",
              "Log in with: " + CredentialReader.LOG_IN);
      case AdcFile.Broken broken ->
          throw new BrokenSettingException(broken.sentence(), broken.advice());
    };
  }

  /// The login that is in the file now, which may be another than before: gcloud, while it
  /// impersonates, makes a new login one that does.
  @Override
  public Optional<byte[]> without(String account, byte[] now, Optional<byte[]> before) {
    var credential = CredentialReader.read(new String(now, UTF_8), env);
    return credential.impersonated().equals(Optional.of(account))
        ? credential.source().map(StoredCredential::file)
        : Optional.empty();
  }
}
