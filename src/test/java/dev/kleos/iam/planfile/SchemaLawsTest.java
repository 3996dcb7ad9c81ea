package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The schema and the reader stay of one mind on plans that nobody thought of.
class SchemaLawsTest {
  private static final int SEEDS = 200;
  private static final int PLANS_EACH = 10;

  /// Values of every type, beside those of the goldens.
  private static final List<JsonElement> VALUES =
      JsonParser.parseString("[null, true, 0, 1, 2, 1.5, '', ' ', [], ['x'], {}, {x: y}]")
          .getAsJsonArray()
          .asList();

  @Test
  void aRandomChange_isJudgedByTheSchemaAsByTheReader() throws IOException {
    var plans = new ArrayList<JsonElement>();
    var values = new ArrayList<>(VALUES);
    var keys = new ArrayList<>(List.of("colour", "<<", "1"));
    for (var golden : SchemaTest.goldens()) {
      var plan = PlanSchema.load(golden.source().bytes()).orElse(JsonNull.INSTANCE);
      for (var site : sites(plan)) {
        site.collect(keys, values);
      }
      if (golden.errors().isEmpty()) {
        plans.add(plan);
      }
    }
    var valid = 0;
    for (var seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      for (var i = 0; i < PLANS_EACH; i++) {
        var plan = oneOf(plans, random).deepCopy();
        for (var changes = 1 + random.nextInt(3); changes > 0; changes--) {
          change(plan, oneOf(keys, random), oneOf(values, random).deepCopy(), random);
        }
        valid += isJudgedAlike(plan) ? 1 : 0;
      }
    }

    assertThat(valid).isBetween(SEEDS * PLANS_EACH / 10, SEEDS * PLANS_EACH * 9 / 10);
  }

  /// A golden with ten mistakes proves that one of them is seen. Without the nine others, each has
  /// to be.
  @Test
  void oneItemOfAGolden_isJudgedByTheSchemaAsByTheReader() throws IOException {
    var judged = 0;
    for (var golden : SchemaTest.goldens()) {
      var whole = PlanSchema.load(golden.source().bytes()).orElse(JsonNull.INSTANCE);
      for (var kept = 0; kept < sites(whole).size(); kept++) {
        var plan = whole.deepCopy();
        if (sites(plan).get(kept).dropSiblings()) {
          isJudgedAlike(plan);
          judged++;
        }
      }
    }

    assertThat(judged).isGreaterThan(100);
  }

  /// What the schema says, after having made sure that the reader says the same.
  static boolean isJudgedAlike(JsonElement plan) {
    var json = PlanSchema.json(plan);
    var seen = PlanSchema.errors(plan);
    var problems =
        PlanCompiler.compile(List.of(PlanSource.of("plan.yaml", json)), Settings.NONE, Golden.NOW)
            .problems();
    var errors = SchemaTest.errors(problems.stream());
    if (seen.isEmpty()) {
      assertThat(SchemaTest.UNSEEN).as("%s: %s", json, problems).containsAll(errors);
    } else {
      assertThat(SchemaTest.NEVER_SEEN.containsAll(errors)).as("%s: %s", json, seen).isFalse();
    }
    return seen.isEmpty();
  }

  private static void change(JsonElement plan, String key, JsonElement value, Random random) {
    var sites = sites(plan);
    if (!sites.isEmpty()) {
      var site = oneOf(sites, random);
      switch (random.nextInt(3)) {
        case 0 -> site.drop();
        case 1 -> site.rename(key);
        default -> site.put(value);
      }
    }
  }

  private static <T> T oneOf(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  /// All places that hold a value.
  private static List<Site> sites(JsonElement value) {
    var sites = new ArrayList<Site>();
    switch (value) {
      case JsonObject object ->
          object
              .asMap()
              .forEach((key, inner) -> {
                sites.add(new KeySite(object, key));
                sites.addAll(sites(inner));
              });
      case JsonArray array -> {
        for (var i = 0; i < array.size(); i++) {
          sites.add(new ItemSite(array, i));
          sites.addAll(sites(array.get(i)));
        }
      }
      default -> {}
    }
    return sites;
  }

  /// A place that holds a value.
  private sealed interface Site {
    void drop();

    void rename(String key);

    void put(JsonElement value);

    void collect(List<String> keys, List<JsonElement> values);

    /// Leaves this alone in its list; whether it was not alone before.
    boolean dropSiblings();
  }

  private record KeySite(JsonObject object, String key) implements Site {
    @Override
    public void drop() {
      object.remove(key);
    }

    @Override
    public void rename(String other) {
      object.add(other, object.remove(key));
    }

    @Override
    public void put(JsonElement value) {
      object.add(key, value);
    }

    @Override
    public void collect(List<String> keys, List<JsonElement> values) {
      keys.add(key);
      values.add(object.get(key));
    }

    @Override
    public boolean dropSiblings() {
      return false;
    }
  }

  private record ItemSite(JsonArray array, int index) implements Site {
    @Override
    public void drop() {
      array.remove(index);
    }

    @Override
    public void rename(String key) {
      drop();
    }

    @Override
    public void put(JsonElement value) {
      array.set(index, value);
    }

    @Override
    public void collect(List<String> keys, List<JsonElement> values) {
      values.add(array.get(index));
    }

    @Override
    public boolean dropSiblings() {
      var item = array.get(index);
      var siblings = array.size() > 1;
      array.asList().clear();
      array.add(item);
      return siblings;
    }
  }
}
