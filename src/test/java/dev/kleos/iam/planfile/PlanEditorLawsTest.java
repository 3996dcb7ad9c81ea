package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanEditor.NewEntry;
import dev.kleos.iam.planfile.RandomLines.Line;
import dev.kleos.iam.planfile.RandomPlan.EntryBlock;
import dev.kleos.iam.planfile.RandomPlan.RandomEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Laws of the editor over random files and random edits. No edit is refused here: each is one that
/// a person would make without a thought.
class PlanEditorLawsTest {
  private static final String SEEDS = "dev.kleos.iam.planfile.RandomPlan#seeds";
  private static final Pattern BREAK = Pattern.compile("(\r\n|\r|\n)$");
  private static final Pattern LINE = Pattern.compile("([^\r\n]*)(\r\n|\r|\n|$)");

  /// The most lines that an addition writes: three of the entry, its key, the line it touches, and
  /// the end of the text.
  private static final int MOST_NEW_LINES = 6;

  @ParameterizedTest
  @MethodSource(SEEDS)
  void randomPlan_meansWhatItIsToMean(long seed) {
    var plan = new RandomPlan(seed);

    assertMeans(source(plan), plan.lists);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void add_asksForOneMoreAndTouchesNoOtherLine_andRemoveUndoesIt(long seed) {
    var plan = new RandomPlan(seed);
    var resource = plan.pick(plan.lists.keySet().stream().filter(r -> !isProject(r)).toList());
    var entry =
        new RandomEntry(
            plan.pick(List.of("user:new@example.com", "serviceAccount:x.svc.id.goog[a/b]")),
            plan.chance(2) ? null : "2029-12-31",
            plan.chance(2) ? null : plan.pick(RandomPlan.REASONS),
            null);
    var before = source(plan);

    var after = PlanEditor.add(before, RandomPlan.PROJECT, resource, newEntry(entry));

    assertMeans(after, withOwn(plan, resource, own -> plus(own, entry)));
    assertLinesStay(plan, after, RandomEntries.edit(resource, RandomEntries.ADDITION));
    assertThat(text(PlanEditor.remove(after, RandomPlan.PROJECT, resource, entry.principal())))
        .isEqualTo(text(before));
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void remove_asksForOneLessAndTouchesNoOtherLine(long seed) {
    var plan = new RandomPlan(seed);
    plan.lists.forEach((resource, blocks) -> {
      var all = blocks.stream().flatMap(block -> block.entries().stream()).toList();
      if (all.isEmpty()) {
        return;
      }
      var who = plan.pick(all).principal();

      var after = PlanEditor.remove(source(plan), RandomPlan.PROJECT, resource, who);

      var wanted = new LinkedHashMap<>(plan.lists);
      wanted.put(resource, blocks.stream().map(block -> minus(block, who)).toList());
      assertMeans(after, wanted);
      assertLinesStay(plan, after, RandomEntries.edit(resource, who.spelling()));
    });
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void rename_asksForAnotherOnTheSameTerms_andTouchesNoOtherLine_andBackMeansTheSame(long seed) {
    var plan = new RandomPlan(seed);
    plan.lists.forEach((resource, blocks) -> {
      var all = blocks.stream().flatMap(block -> block.entries().stream()).toList();
      if (all.isEmpty()) {
        return;
      }
      var old = plan.pick(all);
      var before = source(plan);

      var after = rename(before, resource, old.principal(), "user:renamed@example.com");

      var wanted = new LinkedHashMap<>(plan.lists);
      wanted.put(resource, blocks.stream().map(block -> renamed(block, old.principal())).toList());
      if (!old.principal().isPublic()) {
        assertMeans(after, wanted);
      }
      assertLinesStay(plan, after, RandomEntries.edit(resource, old.principal().spelling()));
      var back = rename(after, resource, Principal.of("user:renamed@example.com"), old.name());
      assertThat(text(back).lines().count()).isEqualTo(text(before).lines().count());
      assertMeans(back, plan.lists);
    });
  }

  private static PlanSource.Content rename(
      PlanSource.Content file, Resource resource, Principal principal, String name) {
    return PlanEditor.rename(file, RandomPlan.PROJECT, resource, principal, name);
  }

  private static EntryBlock renamed(EntryBlock block, Principal principal) {
    var next = block;
    for (var entry : block.entries()) {
      if (entry.principal().equals(principal)) {
        next =
            plus(
                minus(next, principal),
                new RandomEntry(
                    "user:renamed@example.com", entry.until(), entry.reason(), entry.allow()));
      }
    }
    return next;
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void change_setsTheEndAndTouchesNoOtherLine_andChangingBackUndoesIt(long seed) {
    var plan = new RandomPlan(seed);
    plan.lists.forEach((resource, blocks) -> {
      if (isProject(resource) || blocks.getFirst().entries().isEmpty()) {
        return;
      }
      var old = plan.pick(blocks.getFirst().entries());
      if (old.principal().isPublic()) {
        return;
      }
      var until = plan.pick(new ArrayList<>(List.of("2030-01-01", "2030-06-30T12:00:00Z")));
      var before = source(plan);

      var after = change(before, resource, old, until, null);

      assertMeans(after, withOwn(plan, resource, own -> with(own, old, until)));
      assertLinesStay(plan, after, RandomEntries.edit(resource, old.principal().spelling()));
      var back = change(after, resource, old, old.until(), null);
      if (old.until() != null || old.reason() != null || old.allow() != null) {
        assertThat(text(back)).isEqualTo(text(before));
      } else {
        assertMeans(back, plan.lists);
      }
    });
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void change_removesTheEnd_andSetsTheReason(long seed) {
    var plan = new RandomPlan(seed);
    plan.lists.forEach((resource, blocks) -> {
      if (isProject(resource) || blocks.getFirst().entries().isEmpty()) {
        return;
      }
      var old = plan.pick(blocks.getFirst().entries());
      var reason = plan.chance(2) ? null : plan.pick(RandomPlan.REASONS);

      var after = change(source(plan), resource, old, null, reason);

      assertMeans(after, withOwn(plan, resource, own -> with(own, old, null)));
      assertLinesStay(plan, after, RandomEntries.edit(resource, old.principal().spelling()));
      if (reason != null) {
        assertThat(reasons(after)).contains(reason);
      }
    });
  }

  private static Stream<String> reasons(PlanSource.Content file) {
    var plan = PlanCompiler.compile(List.of(file), Settings.NONE, Golden.NOW);
    return plan.origins().entries().stream()
        .flatMap(entry -> Stream.ofNullable(entry.origin().reason()));
  }

  /// Every line that the edit has no business with is there, in order, to the letter.
  private static void assertLinesStay(RandomPlan plan, PlanSource.Content after, String edit) {
    var lines = lines(text(after));
    var at = 0;
    var touched = 0;
    for (var line : plan.lines.lines()) {
      if (line.edits().contains(edit)) {
        touched++;
        continue;
      }
      while (at < lines.size() && !isSame(line, lines.get(at), at >= lines.size() - 2)) {
        at++;
      }
      assertThat(at)
          .as("%s in%n%s from%n%s for %s", line, text(after), text(source(plan)), edit)
          .isLessThan(lines.size());
      at++;
    }
    assertThat(lines.size() - (plan.lines.lines().size() - touched))
        .isBetween(0, touched + MOST_NEW_LINES);
  }

  /// A line that was the last may have got a break, and one that is the last (but for the nothing
  /// after the last break) lost it.
  private static boolean isSame(Line old, String now, boolean isLast) {
    var text = BREAK.matcher(now).replaceFirst("");
    var sameBreak = now.equals(text + old.lineBreak()) || old.lineBreak().isEmpty();
    return text.equals(old.text()) && (sameBreak || (isLast && now.equals(text)));
  }

  private static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    var matcher = LINE.matcher(text.startsWith("\ufeff") ? text.substring(1) : text);
    while (matcher.find()) {
      lines.add(matcher.group());
    }
    return lines;
  }

  private static void assertMeans(PlanSource.Content file, Map<Resource, List<EntryBlock>> wanted) {
    var plan = PlanCompiler.compile(List.of(file), Settings.NONE, Golden.NOW);

    assertThat(plan.isValid()).as("%s%n%s", plan.problems(), text(file)).isTrue();
    Map<Resource, Set<Grant>> grants =
        plan.desired().policies().stream()
            .collect(Collectors.toMap(DesiredPolicy::resource, DesiredPolicy::grants));
    assertThat(grants).as(text(file)).isEqualTo(RandomPlan.grants(wanted));
  }

  private interface OwnEdit {
    EntryBlock of(EntryBlock own);
  }

  private static Map<Resource, List<EntryBlock>> withOwn(
      RandomPlan plan, Resource resource, OwnEdit edit) {
    var wanted = new LinkedHashMap<>(plan.lists);
    var blocks = new ArrayList<>(plan.lists.getOrDefault(resource, List.of()));
    blocks.set(0, edit.of(blocks.getFirst()));
    wanted.put(resource, blocks);
    return wanted;
  }

  private static EntryBlock plus(EntryBlock block, RandomEntry entry) {
    var entries = new ArrayList<>(block.entries());
    entries.add(entry);
    return new EntryBlock(block.key(), entries, block.roles(), block.condition());
  }

  private static EntryBlock minus(EntryBlock block, Principal who) {
    var entries = block.entries().stream().filter(e -> !e.principal().equals(who)).toList();
    return new EntryBlock(block.key(), entries, block.roles(), block.condition());
  }

  private static EntryBlock with(EntryBlock block, RandomEntry old, @Nullable String until) {
    var changed = new RandomEntry(old.name(), until, old.reason(), old.allow());
    return plus(minus(block, old.principal()), changed);
  }

  private static PlanSource.Content change(
      PlanSource.Content file,
      Resource resource,
      RandomEntry entry,
      @Nullable String until,
      @Nullable String reason) {
    return PlanEditor.change(
        file, RandomPlan.PROJECT, resource, new NewEntry(entry.name(), until, reason));
  }

  private static boolean isProject(Resource resource) {
    return resource instanceof Resource.Project;
  }

  private static NewEntry newEntry(RandomEntry entry) {
    return new NewEntry(entry.name(), entry.until(), entry.reason());
  }

  private static PlanSource.Content source(RandomPlan plan) {
    return PlanSource.of("random.yaml", plan.lines.text());
  }

  private static String text(PlanSource.Content file) {
    return new String(file.bytes(), UTF_8);
  }
}
