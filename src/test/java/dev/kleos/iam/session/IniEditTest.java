package dev.kleos.iam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What gcloud reads after an edit is what was meant, and every other byte stays. That the real
/// gcloud reads it so is tested where gcloud is (`conformance`).
class IniEditTest {
  private static final IniEdit EDIT = new IniEdit("auth", "impersonate_service_account");
  private static final String PROPERTY = "auth/impersonate_service_account";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "an empty file | \"\" | [auth]~impersonate_service_account = A~",
        "a file of others | [core]~project = p~ | [core]~project = p~[auth]~impersonate_service_account = A~",
        "no end of the last line | [core]~project = p | [core]~project = p~[auth]~impersonate_service_account = A~",
        "the section is there | [auth]~x = 1~[core]~ | [auth]~impersonate_service_account = A~x = 1~[core]~",
        "the section is last, unended | [auth] | [auth]~impersonate_service_account = A~",
        "the property is there | [auth]~Impersonate_Service_Account: B~x = 1~ | [auth]~impersonate_service_account = A~x = 1~",
        "it goes on over lines | [auth]~impersonate_service_account = B,~  C~~  D~x = 1~ | [auth]~impersonate_service_account = A~x = 1~",
        "others stand indented below | [auth]~  x = 1~ | [auth]~  impersonate_service_account = A~  x = 1~",
        "it stands indented itself | [auth]~  impersonate_service_account = B~  x = 1~ | [auth]~  impersonate_service_account = A~  x = 1~",
        "a comment follows | [auth]~# note~~x = 1~ | [auth]~impersonate_service_account = A~# note~~x = 1~",
        "another spelling of the section | [AUTH]~x = 1~ | [AUTH]~x = 1~[auth]~impersonate_service_account = A~",
        "what looks like the section is a value | [core]~project = p~  [auth]~ | [core]~project = p~  [auth]~[auth]~impersonate_service_account = A~",
      })
  void set_isWhatGcloudReads_andNothingElseChanges(String what, String before, String after) {
    assertThat(EDIT.set(lines(before), "A")).as(what).isEqualTo(lines(after));
    assertThat(IniFile.parse(lines(after)).get(PROPERTY)).as(what).contains("A");
  }

  @Test
  void theEndsOfLines_areThoseOfTheFile() {
    assertThat(EDIT.set("[core]\r\nproject = p\r\n", "A"))
        .isEqualTo("[core]\r\nproject = p\r\n[auth]\r\nimpersonate_service_account = A\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[core]\nproject = p\n",
        "[auth]\nx = 1\n",
        "[auth]\n  x = 1\n  y = 2\n[core]\n",
        "[auth]\n# note\n\nx = 1",
      })
  void removeAfterSet_isAsBefore_whereTheSectionWasThere_andElseLeavesAnEmptyOne(String before) {
    var rest = EDIT.remove(EDIT.set(before, "A"));

    assertThat(rest).isIn(before, before + "[auth]\n");
    assertThat(IniFile.parse(rest).get(PROPERTY)).isEmpty();
  }

  @Test
  void remove_takesAllLinesOfTheValue_andNoOthers() {
    assertThat(EDIT.remove("[auth]\nimpersonate_service_account = A,\n  B\n# note\nx = 1\n"))
        .isEqualTo("[auth]\n# note\nx = 1\n");
    assertThat(EDIT.remove("[core]\nproject = p\n")).isEqualTo("[core]\nproject = p\n");
  }

  /// gcloud ends with an error at each of these, and would not see what was written.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[auth]\nx = 1\n[core]\n[auth]\n",
        "[auth]\nimpersonate_service_account = A\nIMPERSONATE_SERVICE_ACCOUNT = B\n",
        "project = p\n[core]\n",
        "[core]\nnothing\n",
        "\uFEFF[core]\nproject = p\n",
      })
  void whatGcloudCannotRead_isNotEdited(String text) {
    assertThatThrownBy(() -> EDIT.set(text, "A"))
        .isInstanceOf(BrokenSettingException.class)
        .hasMessageContaining("gcloud itself cannot read it");
    assertThatThrownBy(() -> EDIT.remove(text)).isInstanceOf(BrokenSettingException.class);
  }

  private static String lines(String text) {
    return text.replace('~', '\n');
  }
}
