package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// gcloud's own: its property `auth/impersonate_service_account`, in the active configuration.
record GcloudSwitch(Map<String, String> env) implements Switch {
  static final String NAME = "gcloud";
  private static final IniEdit EDIT = new IniEdit("auth", "impersonate_service_account");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public FileChange on(String account) throws IOException {
    if (env.containsKey(ProgramCredentials.IMPERSONATE)) {
      throw new BrokenSettingException(
          ProgramCredentials.IMPERSONATE + " is set, which stands before gcloud's configuration.",
          "Unset it, then try again.");
    }
    var file =
        GcloudSettings.of(env)
            .configuration()
            .orElseThrow(() ->
                new BrokenSettingException(
                    "gcloud works without a configuration, where nothing can be set.",
                    "Choose one with: gcloud config configurations activate default"));
    var before = FileChange.read(file);
    return edit(file, before, () -> EDIT.set(text(before.orElse(new byte[0])), account));
  }

  /// What is wrong with the file is said with its name.
  private FileChange edit(Path file, Optional<byte[]> before, Supplier<String> after) {
    try {
      return new FileChange(file, before, Optional.of(after.get().getBytes(UTF_8)));
    } catch (BrokenSettingException e) {
      var shown = Home.of(env).shortened(file);
      throw new BrokenSettingException(shown + " " + e.what() + ".", e.advice());
    }
  }

  @Override
  public Optional<byte[]> without(String account, byte[] now, Optional<byte[]> before) {
    var text = text(now);
    if (!IniFile.parse(text).get(GcloudSettings.IMPERSONATE).equals(Optional.of(account))) {
      return Optional.empty();
    }
    var earlier =
        before.flatMap(bytes -> IniFile.parse(text(bytes)).get(GcloudSettings.IMPERSONATE));
    var rest = earlier.map(value -> EDIT.set(text, value)).orElseGet(() -> EDIT.remove(text));
    return Optional.of(rest.getBytes(UTF_8));
  }

  /// What ends the impersonation that the active configuration has, whoever set it; empty where it
  /// has none.
  Optional<FileChange> off() throws IOException {
    var settings = GcloudSettings.of(env);
    if (!settings.isImpersonatingByFile() || settings.configuration().isEmpty()) {
      return Optional.empty();
    }
    var file = settings.configuration().get();
    var before = FileChange.read(file);
    return Optional.of(edit(file, before, () -> EDIT.remove(text(before.orElse(new byte[0])))));
  }

  private static String text(byte[] content) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new BrokenSettingException(FileContent.Why.NO_TEXT.words(), "Mend it, then try again.");
    }
  }
}
