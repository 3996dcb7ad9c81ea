package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// The schema of plan files, asked as an editor asks it: about what YAML means, not how it is
/// written.
final class PlanSchema {
  static final String TEXT = read();

  private static final String LANGUAGE = "http://json-schema.org/draft-07/schema#";

  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
  private static final Schema SCHEMA = REGISTRY.getSchema(TEXT, InputFormat.JSON);

  private PlanSchema() {}

  /// What the schema finds wrong with a plan.
  static List<String> errors(JsonElement plan) {
    return errors(SCHEMA, json(plan));
  }

  /// What the language of schemas itself finds wrong with the schema.
  static List<String> errorsOfItself() {
    return errors(REGISTRY.getSchema(SchemaLocation.of(LANGUAGE)), TEXT);
  }

  /// The schema as a document.
  static JsonObject document() {
    return JsonParser.parseString(TEXT).getAsJsonObject();
  }

  /// The values of a plan file, or empty where it has none: it is no text, no YAML, or more than
  /// one document.
  static Optional<JsonElement> load(byte[] bytes) {
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
      return Optional.of(
          values(new Load(settings).loadFromString(text.replaceFirst("^\ufeff", ""))));
    } catch (CharacterCodingException | YamlEngineException | ComplexKeyException notLoaded) {
      return Optional.empty();
    }
  }

  /// A plan as JSON, which is YAML as well.
  static String json(JsonElement plan) {
    return JSON.toJson(plan);
  }

  private static List<String> errors(Schema schema, String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  private static JsonElement values(@Nullable Object loaded) {
    return switch (loaded) {
      case null -> JsonNull.INSTANCE;
      case Map<?, ?> map -> {
        var object = new JsonObject();
        map.forEach((key, value) -> object.add(text(key), values(value)));
        yield object;
      }
      case List<?> list -> {
        var array = new JsonArray();
        list.forEach(item -> array.add(values(item)));
        yield array;
      }
      case Boolean yes -> new JsonPrimitive(yes);
      case Number number -> new JsonPrimitive(number);
      default -> new JsonPrimitive(loaded.toString());
    };
  }

  /// The keys of JSON are texts.
  private static String text(@Nullable Object key) {
    if (key instanceof Map || key instanceof List) {
      throw new ComplexKeyException();
    }
    return String.valueOf(key);
  }

  private static String read() {
    try (var in = PlanSchema.class.getResourceAsStream("/kleos-iam.schema.json")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class ComplexKeyException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
