package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;

/// gcloud's own: its property `auth/impersonate_service_account`, in the active configuration.
record GcloudSwitch(Map<String, String> env) implements Switch {
  static final String NAME = "gcloud";
  private static final String PROPERTY = "auth/impersonate_service_account";
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
    try {
      var after = EDIT.set(text(before.orElse(new byte[0])), account);
      return new FileChange(file, before, Optional.of(after.getBytes(UTF_8)));
    } catch (BrokenSettingException e) {
      var shown = Home.of(env).shortened(file);
      throw new BrokenSettingException(shown + " " + e.what() + ".", e.advice());
    }
  }

  @Override
  public Optional<byte[]> without(String account, byte[] now, Optional<byte[]> before) {
    var text = text(now);
    if (!IniFile.parse(text).get(PROPERTY).equals(Optional.of(account))) {
      return Optional.empty();
    }
    var earlier = before.flatMap(bytes -> IniFile.parse(text(bytes)).get(PROPERTY));
    var rest = earlier.map(value -> EDIT.set(text, value)).orElseGet(() -> EDIT.remove(text));
    return Optional.of(rest.getBytes(UTF_8));
  }

  /// What ends the impersonation that the active configuration has, whoever set it; empty where it
  /// has none.
  Optional<FileChange> off() throws IOException {
    var file = GcloudSettings.of(env).configuration();
    var before = file.isEmpty() ? Optional.<byte[]>empty() : FileChange.read(file.get());
    if (before.isEmpty()) {
      return Optional.empty();
    }
    var text = text(before.get());
    return IniFile.parse(text)
        .get(PROPERTY)
        .map(_ ->
            new FileChange(file.get(), before, Optional.of(EDIT.remove(text).getBytes(UTF_8))));
  }

  private static String text(byte[] content) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new BrokenSettingException(FileContent.Why.NO_TEXT.words(), "Mend it, then try again.");
    }
  }
}
