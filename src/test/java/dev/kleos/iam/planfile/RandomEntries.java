package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.RandomPlan.EntryBlock;
import dev.kleos.iam.planfile.RandomPlan.RandomEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes lists of entries in one of the many ways in which people write them.
final class RandomEntries {
  /// Marks the lines that an addition to the resource's own list may touch.
  static final String ADDITION = "+";

  private final RandomPlan plan;
  private final Random random;
  private final RandomLines lines;
  private final Resource resource;
  private final String quote;
  private final boolean padded;

  RandomEntries(RandomPlan plan, Resource resource) {
    this.plan = plan;
    this.random = plan.random;
    this.lines = plan.lines;
    this.resource = resource;
    this.quote = plan.pick(List.of("", "", "", "'", "\""));
    this.padded = plan.chance(3);
  }

  static String edit(Resource resource, String who) {
    return resource.name() + " " + who;
  }

  /// An account or service in braces.
  void braces(int column, String key, EntryBlock own, boolean named) {
    var name = named ? "displayName: x" : "unmanaged: report";
    var list = brackets(own.entries());
    var pairs =
        switch (random.nextInt(4)) {
          case 0 -> own.entries().isEmpty() ? List.<String>of() : List.of(own.key() + ": " + list);
          case 1 ->
              own.entries().isEmpty() ? List.of(name) : List.of(own.key() + ": " + list, name);
          case 2 -> List.of(name, own.key() + ": " + list);
          default -> List.of(name, own.key() + ": " + list, "bindings: []");
        };
    if (pairs.isEmpty()) {
      lines.add(column, key + ": " + plan.pick(List.of("{}", "{ }", "{  }")), all(own, true));
    } else if (plan.chance(3)) {
      lines.add(column, key + ": {", all(own, true));
      for (var pair : pairs) {
        lines.add(column + 2, pair + (pair.equals(pairs.getLast()) ? "" : ","), all(own, true));
      }
      lines.add(column, "}", all(own, true));
    } else {
      var space = padded ? " " : "";
      lines.add(
          column, key + ": {" + space + String.join(", ", pairs) + space + "}", all(own, true));
    }
  }

  /// @param own whether it is a list of users or invokers, which need not be there
  void list(int column, EntryBlock block, boolean own) {
    var key = (plan.chance(10) ? "\"" + block.key() + "\"" : block.key()) + ":";
    if (block.entries().isEmpty()) {
      empty(column, key, own, block);
    } else {
      switch (random.nextInt(4)) {
        case 0 -> lines.add(column, key + " " + brackets(block.entries()), all(block, own));
        case 1 -> bracketsOverLines(column, key, block, own);
        default -> dashes(column, key, block, own);
      }
    }
  }

  private void empty(int column, String key, boolean own, EntryBlock block) {
    switch (random.nextInt(own ? 6 : 3)) {
      case 0 -> lines.add(column, key + " []", all(block, own));
      case 1 -> lines.add(column, key + " [ ]", all(block, own));
      case 2 -> {
        lines.add(column, key + " [", Set.of());
        lines.add(column, "]", Set.of());
      }
      case 3 -> lines.add(column, key, all(block, true));
      default -> {} // no key at all
    }
  }

  private void dashes(int column, String key, EntryBlock block, boolean own) {
    var onlyOne = block.entries().size() == 1;
    lines.add(column, key, onlyOne ? all(block, false) : Set.of());
    var dash = column + plan.pick(List.of(0, 2, 2, 4));
    var gap = " ".repeat(plan.chance(4) ? 3 : 1);
    for (var entry : block.entries()) {
      var edits = edits(entry, own && entry.equals(block.entries().getLast()));
      lines.begin(edits);
      if (plan.chance(10)) {
        lines.add(dash, "-", edits);
        item(dash + 2, "", entry, edits);
      } else {
        item(dash, "-" + gap, entry, edits);
      }
      lines.end();
    }
  }

  private void item(int column, String lead, RandomEntry entry, Set<String> edits) {
    if (isPrincipalAlone(entry) && !plan.chance(8)) {
      lines.add(column, lead + value(entry.name(), false), edits);
      return;
    }
    if (plan.chance(4)) {
      lines.add(column, lead + inBraces(entry), edits);
      return;
    }
    var pairs = pairs(entry, false);
    Collections.shuffle(pairs, random);
    var at = column;
    var before = lead;
    for (var pair : pairs) {
      if (pair.startsWith("reason: ") && plan.chance(3) && entry.reason() != null) {
        reason(at, before, entry.reason(), edits);
      } else {
        lines.add(at, before + pair, edits);
      }
      at = column + lead.length();
      before = "";
    }
  }

  private void reason(int column, String lead, String reason, Set<String> edits) {
    lines.block(column, lead + "reason: >-", List.of(" ".repeat(lead.length()) + reason), edits);
  }

  private void bracketsOverLines(int column, String key, EntryBlock block, boolean own) {
    var entries = block.entries();
    var trailing = plan.chance(3);
    lines.add(column, key + " [", Set.of());
    for (var i = 0; i < entries.size(); i++) {
      var last = i == entries.size() - 1;
      var edits = new HashSet<>(edits(entries.get(i), own && last));
      if (i == entries.size() - 2) {
        edits.addAll(edits(entries.getLast(), false)); // the comma before the last
      }
      lines.add(column + 2, inBrackets(entries.get(i)) + (last && !trailing ? "" : ","), edits);
    }
    lines.add(column, "]", Set.of());
  }

  private String brackets(List<RandomEntry> entries) {
    var comma = plan.chance(4) ? "," : ", ";
    var space = padded ? " " : "";
    var trailing = !entries.isEmpty() && plan.chance(6) ? "," : "";
    return entries.stream()
        .map(this::inBrackets)
        .collect(Collectors.joining(comma, "[" + space, trailing + space + "]"));
  }

  private String inBrackets(RandomEntry entry) {
    return isPrincipalAlone(entry) && !plan.chance(8) ? value(entry.name(), true) : inBraces(entry);
  }

  private String inBraces(RandomEntry entry) {
    var pairs = pairs(entry, true);
    Collections.shuffle(pairs, random);
    var space = padded ? " " : "";
    return "{" + space + String.join(", ", pairs) + space + "}";
  }

  private List<String> pairs(RandomEntry entry, boolean flow) {
    var pairs = new ArrayList<String>();
    pairs.add("principal: " + value(entry.name(), flow));
    if (entry.until() != null) {
      pairs.add("until: " + value(entry.until(), flow));
    }
    if (entry.reason() != null) {
      pairs.add("reason: " + value(entry.reason(), flow));
    }
    if (entry.allow() != null) {
      pairs.add("allow: " + entry.allow());
    }
    return pairs;
  }

  /// In quotes where it must be, or as the list's style is.
  private String value(String text, boolean flow) {
    var plain =
        text.matches(flow ? "[a-zA-Z][a-zA-Z0-9:@./*-]*[a-z]" : "[a-zA-Z2][^#'\"\\\\]*[^:]")
            && !text.contains(": ");
    if (quote.isEmpty() && plain) {
      return text;
    }
    return quote.equals("\"")
        ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : "'" + text.replace("'", "''") + "'";
  }

  private static boolean isPrincipalAlone(RandomEntry entry) {
    return entry.until() == null && entry.reason() == null && entry.allow() == null;
  }

  private Set<String> edits(RandomEntry entry, boolean addition) {
    var edits = new HashSet<String>();
    edits.add(edit(resource, entry.principal().spelling()));
    if (addition) {
      edits.add(edit(resource, ADDITION));
    }
    return edits;
  }

  private Set<String> all(EntryBlock block, boolean addition) {
    var edits = new HashSet<String>();
    block.entries().forEach(entry -> edits.addAll(edits(entry, false)));
    if (addition) {
      edits.add(edit(resource, ADDITION));
    }
    return edits;
  }
}
