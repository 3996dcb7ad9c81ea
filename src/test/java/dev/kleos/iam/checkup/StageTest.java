package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  @Test
  void ids_areThoseOfTheSchema_inOrder() throws IOException {
    var schema =
        JsonParser.parseString(
            Files.readString(Path.of("src/main/resources/kleos-iam-report.schema.json")));
    var steps =
        schema
            .getAsJsonObject()
            .getAsJsonObject("properties")
            .getAsJsonObject("steps")
            .getAsJsonObject("items")
            .getAsJsonObject("properties")
            .getAsJsonObject("step")
            .getAsJsonArray("enum");

    assertThat(steps.asList().stream().map(JsonElement::getAsString))
        .containsExactlyElementsOf(Arrays.stream(Stage.values()).map(Stage::id).toList());
  }

  /// A step that is broken must not read as if its name were what is the matter.
  @ParameterizedTest
  @CsvSource({"IMPERSONATION_OFF, impersonation", "UNSEEN, not-seen"})
  void anId_saysWhatTheStepIsAbout(Stage stage, String id) {
    assertThat(stage.id()).isEqualTo(id).isEqualTo(stage.title().replace(' ', '-'));
  }
}
