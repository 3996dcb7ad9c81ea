package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The schema and the reader are of one mind, but for what a schema cannot see.
class SchemaTest {
  /// What a schema cannot see. All other errors it has to see.
  static final Set<ProblemCode> UNSEEN =
      EnumSet.of(
          // There are no values to look at.
          ProblemCode.NOT_UTF8,
          ProblemCode.CONTROL_CHARACTER,
          ProblemCode.YAML_SYNTAX,
          ProblemCode.TAB_INDENTATION,
          ProblemCode.SEVERAL_DOCUMENTS,
          ProblemCode.DUPLICATE_KEY,
          ProblemCode.COMPLEX_KEY,
          // They are resolved before the schema looks.
          ProblemCode.ANCHOR_OR_ALIAS,
          ProblemCode.MERGE_KEY,
          // A tag says of a value what it is, and the schema finds it to be that.
          ProblemCode.TAG_OR_DIRECTIVE,
          // It may stand in a comment.
          ProblemCode.HIDDEN_CHARACTER,
          // A schema counts characters, Google counts bytes.
          ProblemCode.TOO_LONG,
          // The command line or the environment may say it.
          ProblemCode.PROJECT_MISSING,
          // Other keys, other entries and other files decide.
          ProblemCode.UNKNOWN_ACCOUNT,
          ProblemCode.CONTRADICTORY_ENTRIES,
          ProblemCode.DUPLICATE_RESOURCE,
          ProblemCode.CONTRADICTORY_SETTINGS);

  /// Those of them that it sees in part, and those that it does not see at all.
  private static final Set<ProblemCode> HALF_SEEN =
      EnumSet.of(ProblemCode.HIDDEN_CHARACTER, ProblemCode.TOO_LONG);

  static final Set<ProblemCode> NEVER_SEEN = without(UNSEEN, HALF_SEEN);

  @ParameterizedTest
  @MethodSource("goldens")
  void golden_getsTheSameVerdictFromTheReaderAndTheSchema(GoldenFile golden) {
    var values = PlanSchema.load(golden.source().bytes());
    if (values.isEmpty()) {
      assertThat(golden.errors()).isNotEmpty();
      assertThat(UNSEEN).containsAnyElementsOf(golden.errors());
      return;
    }

    var errors = PlanSchema.errors(values.get());

    if (!UNSEEN.containsAll(golden.errors())) {
      assertThat(errors).as("errors beside " + golden.errors()).isNotEmpty();
    } else if (NEVER_SEEN.containsAll(golden.errors())) {
      assertThat(errors).as("errors beside " + golden.errors()).isEmpty();
    }
  }

  @Test
  void unseen_isNoMoreThanTheGoldensProve() throws IOException {
    var proven = EnumSet.noneOf(ProblemCode.class);
    for (var golden : goldens()) {
      var unseen =
          PlanSchema.load(golden.source().bytes())
              .map(values -> PlanSchema.errors(values).isEmpty())
              .orElse(true);
      if (unseen && UNSEEN.containsAll(golden.errors())) {
        proven.addAll(golden.errors());
      }
    }

    assertThat(proven).isEqualTo(UNSEEN);
  }

  @Test
  void halfSeen_isSeenInAGolden() throws IOException {
    var seen = EnumSet.noneOf(ProblemCode.class);
    for (var golden : goldens()) {
      if (HALF_SEEN.containsAll(golden.errors())
          && PlanSchema.load(golden.source().bytes())
              .filter(values -> !PlanSchema.errors(values).isEmpty())
              .isPresent()) {
        seen.addAll(golden.errors());
      }
    }

    assertThat(seen).isEqualTo(HALF_SEEN);
  }

  @Test
  void ownPlanAndThoseOfTheReadme_areValid() throws IOException {
    var plans = new ArrayList<>(List.of(Files.readString(Path.of("plans/kleos.yaml"))));
    Pattern.compile("(?s)```yaml\\n(.*?)```")
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .forEach(block -> plans.add(block.group(1)));

    assertThat(plans).hasSizeGreaterThan(2);
    for (var plan : plans) {
      var values = PlanSchema.load(plan.getBytes(UTF_8)).orElseThrow();
      assertThat(PlanSchema.errors(values)).isEmpty();
    }
  }

  @Test
  void schema_isValidByTheLanguageOfSchemas() {
    assertThat(PlanSchema.errorsOfItself()).isEmpty();
  }

  @Test
  void keys_areThoseThatTheReaderKnows() {
    var keys = new TreeMap<String, Set<String>>();
    mappings("", PlanSchema.document())
        .forEach((place, mapping) -> keys.put(place, properties(mapping).keySet()));

    assertThat(keys)
        .isEqualTo(
            Map.of(
                "", Set.copyOf(PlanReader.KEYS),
                "/properties/projectPolicy", Set.copyOf(ResourceReader.PROJECT_KEYS),
                "/definitions/account", Set.copyOf(ResourceReader.ACCOUNT_KEYS),
                "/definitions/referredAccount", Set.copyOf(ResourceReader.REFERRED_KEYS),
                "/definitions/service", Set.copyOf(ResourceReader.SERVICE_KEYS),
                "/definitions/entryMapping", Set.copyOf(EntryReader.ENTRY_KEYS),
                "/definitions/binding", Set.copyOf(EntryReader.BINDING_KEYS),
                "/definitions/condition", Set.copyOf(EntryReader.CONDITION_KEYS)));
  }

  @Test
  void everyKey_isDescribed() {
    var document = PlanSchema.document();
    var definitions = document.getAsJsonObject("definitions");
    var mappings = mappings("", document).values();

    assertThat(mappings).isNotEmpty();
    for (var mapping : mappings) {
      properties(mapping)
          .forEach((key, schema) -> {
            var reference = schema.getAsJsonObject().get("$ref");
            var target =
                reference == null
                    ? schema
                    : definitions.get(reference.getAsString().replace("#/definitions/", ""));
            assertThat(target.getAsJsonObject().has("description")).as(key).isTrue();
          });
    }
  }

  @Test
  void everyDefinition_isUsed() {
    var definitions = PlanSchema.document().getAsJsonObject("definitions").keySet();

    assertThat(definitions)
        .allSatisfy(name -> assertThat(PlanSchema.TEXT).contains("\"#/definitions/" + name + "\""));
  }

  /// The parts of a schema that know which keys there are, by where they stand.
  private static Map<String, JsonObject> mappings(String place, JsonElement schema) {
    var found = new TreeMap<String, JsonObject>();
    if (schema instanceof JsonObject object) {
      if (object.get("additionalProperties") instanceof JsonPrimitive closed
          && !closed.getAsBoolean()) {
        found.put(place, object);
      }
      object.asMap().forEach((key, inner) -> found.putAll(mappings(place + "/" + key, inner)));
    }
    return found;
  }

  private static Map<String, JsonElement> properties(JsonObject mapping) {
    return mapping.getAsJsonObject("properties").asMap();
  }

  static List<GoldenFile> goldens() throws IOException {
    var goldens = new ArrayList<GoldenFile>();
    for (var name : GoldenPlansTest.plans()) {
      var sources = PlanSources.find(Golden.FOLDER, List.of(name));
      var problems = PlanCompiler.compile(sources, Settings.NONE, Golden.NOW).problems();
      for (var source : sources) {
        var errors =
            errors(problems.stream().filter(it -> it.origin().file().equals(source.name())));
        goldens.add(new GoldenFile((PlanSource.Content) source, errors));
      }
    }
    return goldens;
  }

  /// The codes of errors; those that are no more shown count as those that are.
  static Set<ProblemCode> errors(Stream<Problem> problems) {
    return problems
        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
        .map(problem -> code(problem.code()))
        .filter(code -> code != ProblemCode.MORE)
        .collect(toCollection(() -> EnumSet.noneOf(ProblemCode.class)));
  }

  private static Set<ProblemCode> without(Set<ProblemCode> all, Set<ProblemCode> some) {
    var others = EnumSet.copyOf(all);
    others.removeAll(some);
    return others;
  }

  private static ProblemCode code(String code) {
    return Stream.of(ProblemCode.values())
        .filter(it -> it.code().equals(code))
        .findFirst()
        .orElseThrow();
  }

  /// One file of the goldens.
  ///
  /// @param errors what the reader finds
  record GoldenFile(PlanSource.Content source, Set<ProblemCode> errors) {
    @Override
    public String toString() {
      return source.name();
    }
  }
}
