package dev.kleos.iam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Policy;
import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.record.DocumentException;
import dev.kleos.iam.record.SavedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/// Saved changes: nothing is written of what is not as it was saved, and nothing that was not
/// shown.
final class SavedTarget implements Target {
  private static final String FILE = "changes.json";
  private static final String WORLD =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {users: [user:alice@example.com, user:old@example.com]}
      services:
        kleos-service: {invokers: [user:other@example.com, user:old@example.com]}
      """;

  private final Path folder;
  private final List<byte[]> examples = new ArrayList<>();
  private final Map<String, Policy> policies;

  /// @param folder of its own
  SavedTarget(Path folder) throws IOException {
    this.folder = folder;
    try (var stage = new Stage(folder, Map.of())) {
      save(stage, Stage.PLAN, "--prune");
      save(stage, WORLD, "--color=never");
      stage.run("apply", "--yes");
      save(stage, Stage.PLAN, "--color=never");
      save(stage, Stage.PLAN, "--prune");
      policies = Stage.withOthers(stage.policies());
    }
  }

  private void save(Stage stage, String plan, String option) throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), plan);
    var said = stage.run("plan", "--out", FILE, option);
    assertThat(said.code()).as(said.text()).isZero();
    examples.add(JsonMutator.inOrder(Files.readAllBytes(folder.resolve(FILE))));
  }

  @Override
  public String name() {
    return "saved";
  }

  @Override
  public int cost() {
    return 20;
  }

  @Override
  public byte[] input(Random random) {
    return random.nextInt(3) == 0
        ? new Mutator(random, Dictionary.JSON).mutate(examples)
        : new JsonMutator(random).mutate(examples);
  }

  @Override
  public Verdict run(byte[] input) throws IOException {
    Files.write(folder.resolve(FILE), input);
    try (var stage = new Stage(folder, policies)) {
      for (var old : Stage.files(Files.createDirectories(stage.state())).keySet()) {
        Files.delete(stage.state().resolve(old));
      }
      var isRead = isRead(input);
      var outcomes = new TreeSet<String>();
      outcomes.add("show " + stage.run("show", FILE).code());
      stage.run("show", FILE, "-o", "json");
      assertThat(stage.writes()).isZero();
      var applied = stage.run("apply", "--yes", "--from", FILE, "-v");
      outcomes.add("apply " + applied.code());
      stage.assertShown(policies, applied);
      if (!isRead || applied.code() > 1) {
        assertThat(stage.writes()).as(applied.text()).isZero();
      }
      assertThat(stage.policies().toString()).doesNotContain("allUsers", "roles/owner");
      return new Verdict(isRead, outcomes);
    }
  }

  private boolean isRead(byte[] input) {
    try {
      var isThere = new SavedFile(new LocalDisk(), folder.resolve(FILE)).read().isPresent();
      assertThat(JsonMutator.isSealed(input)).isTrue();
      return isThere;
    } catch (DocumentException e) {
      return false;
    }
  }
}
