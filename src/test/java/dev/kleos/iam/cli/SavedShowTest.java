package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `show` says of a file, which may come from anybody.
class SavedShowTest {
  private static final String BEFORE =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {displayName: Old, users: [user:alice@example.com, user:old@example.com]}
      services:
        kleos-service: {invokers: [kleos-invoker, user:other@example.com]}
      """;

  private static final String AFTER =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      unmanaged: remove
      serviceAccounts:
        kleos-invoker:
          displayName: New
          users:
            - {principal: user:alice@example.com, until: 2099-12-31, reason: "OPS-12: it's so"}
            - {principal: user:over@example.com, until: 2020-01-01}
        another: {description: Another one}
      services:
        kleos-service: {unmanaged: report, invokers: [kleos-invoker, another]}
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"", " -v"})
  void show_printsTheVeryPreviewThatPlanHasShown(String verbose) throws IOException {
    var place = " --emulator --emulator-state s.json";
    Files.writeString(folder.resolve("kleos-iam.yaml"), BEFORE);
    run("apply --yes" + place);
    Files.writeString(folder.resolve("kleos-iam.yaml"), AFTER);

    var planned = run("plan --out changes.json" + verbose + place);
    var shown = run("show changes.json" + verbose);

    var preview = preview(planned);
    assertThat(preview)
        .contains("OPS-12: it's so", "will be created", "\"Old\" → \"New\"")
        .contains("LOSES ACCESS", "STILL HAS ACCESS", "First condition");
    assertThat(preview(shown)).isEqualTo(preview);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " -o json"})
  void whatAFileSays_isEscaped(String format) throws IOException {
    var evil = "\u001b[2J\u202e\r\n::error::x";
    var header =
        new SavedChanges.Header(
            Instant.EPOCH,
            Instant.EPOCH.plus(SavedChanges.LIFETIME),
            "Google" + evil,
            "ci" + evil,
            "1" + evil,
            List.of("--prune", evil),
            new SavedChanges.Said(25, 10, 20, List.of(evil)),
            List.of(new SavedChanges.PlanFile("p" + evil, "kleos" + evil, "0".repeat(64))));
    new SavedFile(new LocalDisk(), folder.resolve("changes.json"))
        .save(
            new SavedChanges(
                header,
                new DesiredState(List.of(), List.of(), Map.of()),
                Map.of(),
                ChangeSet.EMPTY));

    var printed = run("show changes.json" + format);

    assertThat(printed).contains("EXPIRED".substring(0, format.isEmpty() ? 7 : 0));
    assertThat(printed).doesNotContain("\u001b", "\u202e", "\r").doesNotContain("\n::error");
    assertThat(run("apply --yes --from changes.json" + format)).doesNotContain("\u001b", "\u202e");
  }

  /// From the first change to the sum.
  private static String preview(String printed) {
    var from = printed.indexOf("\n~ ") < 0 ? printed.indexOf("\n+ ") : printed.indexOf("\n~ ");
    var to = printed.indexOf("\nPlan: ");
    assertThat(from).as(printed).isPositive().isLessThan(to);
    return printed.substring(from, to);
  }

  private String run(String line) {
    var out = new ByteArrayOutputStream();
    CommandLines.run(Unattended.in(folder, new LocalClouds(), out, out), line.strip().split(" "));
    return out.toString(UTF_8);
  }
}
