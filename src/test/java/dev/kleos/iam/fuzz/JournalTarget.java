package dev.kleos.iam.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.iam.v1.Policy;
import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.record.DocumentException;
import dev.kleos.iam.record.RandomRun;
import dev.kleos.iam.record.RunHeader;
import dev.kleos.iam.record.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/// The journal's files: a run, or what is wrong with which file; and nothing is taken back by what
/// is no run.
///
/// An input is the name of a file and a line break, and the file.
final class JournalTarget implements Target {
  private static final String RUN = "kleos-iam/runs/000001";
  private static final List<String> NAMES = List.of("run.json", "change-000001.json", "edits.json");

  private final Path folder;
  private final Map<String, byte[]> run = new LinkedHashMap<>();
  private final Map<String, List<byte[]>> examples = new LinkedHashMap<>();
  private final Map<String, Policy> policies;

  /// @param folder of its own
  JournalTarget(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("kleos-iam.yaml"), Stage.PLAN);
    NAMES.forEach(name -> examples.put(name, new ArrayList<>()));
    try (var stage = new Stage(folder, Map.of())) {
      stage.run("apply", "--yes");
      stage.run("grant", "dora@example.com", "--yes");
      policies = Stage.withOthers(stage.policies());
      collect(stage.state());
    }
    for (var seed = 0; seed < 40; seed++) {
      var state = folder.resolve("examples-" + seed);
      write(new Runs(new LocalDisk(), state.resolve("kleos-iam")), seed);
      collect(state);
    }
  }

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public int cost() {
    return 20;
  }

  @Override
  public byte[] input(Random random) {
    var name = NAMES.get(random.nextInt(NAMES.size()));
    var of = examples.getOrDefault(name, List.of());
    var file =
        random.nextInt(3) == 0
            ? new Mutator(random, Dictionary.JSON).mutate(of)
            : new JsonMutator(random).mutate(of);
    return (name + "\n" + new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Override
  public Verdict run(byte[] input) throws IOException {
    var end = new String(input, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\n');
    var name = new String(input, 0, end, UTF_8);
    var file = java.util.Arrays.copyOfRange(input, end + 1, input.length);
    try (var stage = new Stage(folder, policies)) {
      restore(stage.state(), name, file);
      var runs = new Runs(new LocalDisk(), stage.state().resolve("kleos-iam"));
      var outcomes = new TreeSet<String>();
      var isRead = false;
      try {
        isRead = runs.run(1).isPresent();
        assertThat(JsonMutator.isSealed(file)).isTrue();
      } catch (DocumentException e) {
        assertThat(e.getMessage()).contains(stage.state().resolve(RUN).toString(), name);
      }
      outcomes.add("history " + stage.run("history").code());
      outcomes.add("history 1 " + stage.run("history", "1", "-v").code());
      stage.run("history", "-o", "json");
      var undo = stage.run("undo", "1", "--yes", "-v");
      outcomes.add("undo " + undo.code());
      stage.assertShown(policies, undo);
      if (!isRead || undo.code() == 3 || undo.code() == 64) {
        assertThat(stage.writes()).isZero();
      }
      return new Verdict(isRead, outcomes);
    }
  }

  private void restore(Path state, String name, byte[] file) throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), Stage.PLAN);
    for (var old : Stage.files(state).keySet()) {
      Files.delete(state.resolve(old));
    }
    for (var one : run.entrySet()) {
      Files.write(
          Files.createDirectories(state.resolve(RUN)).resolve(one.getKey()), one.getValue());
    }
    Files.write(state.resolve(RUN).resolve(name), file);
  }

  /// A run of random changes, each with what became of it.
  private static void write(Runs runs, long seed) {
    var random = new RandomRun(seed);
    var change = random.change();
    var header = new RunHeader(Stage.NOW, "apply --yes", "Google Cloud", "a@b.c", "1", 0, null);
    var journal = runs.journal(header, () -> Stage.NOW);
    journal.begins(ChangeSet.of(List.<Change>of(change)));
    journal.intends(new dev.kleos.iam.applier.Journal.Intent(change, "BwYk3zP9abc="));
    journal.ended(new AppliedChange(change, random.outcome()));
    journal.ends();
  }

  private void collect(Path state) throws IOException {
    for (var file : Stage.files(state).entrySet()) {
      var name = Path.of(file.getKey()).getFileName().toString();
      var kind = name.startsWith("change-") ? "change-000001.json" : name;
      if (examples.containsKey(kind)) {
        var here = JsonMutator.inOrder(file.getValue());
        if (kind.equals("edits.json")) {
          here = relative(here);
        }
        examples.getOrDefault(kind, new ArrayList<>()).add(here);
        if (file.getKey().startsWith(RUN)) {
          run.putIfAbsent(name, here);
        }
      }
    }
  }

  /// Named relative to the folder, which is another one each time.
  private static byte[] relative(byte[] edits) {
    var document = JsonParser.parseString(new String(edits, UTF_8)).getAsJsonObject();
    for (var edit : document.getAsJsonObject("content").getAsJsonArray("edits")) {
      edit.getAsJsonObject().addProperty("file", "kleos-iam.yaml");
    }
    return JsonMutator.sealed(document);
  }
}
