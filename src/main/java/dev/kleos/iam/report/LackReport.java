package dev.kleos.iam.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.NarrowestRole;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What somebody may not do, where that is several things: each permission is said once for all the
/// resources of a kind, with one role that has all of them, so that nobody asks for one after the
/// other.
final class LackReport {
  private final Screen screen;

  LackReport(Screen screen) {
    this.screen = screen;
  }

  /// Those of the failures that are for want of a permission, where they are better told together.
  static List<Failure> among(Collection<Failure> failures) {
    var lacking = failures.stream().filter(failure -> failure.permission() != null).toList();
    return lacking.size() > 1 ? lacking : List.of();
  }

  /// Says what is needed, below the names of the resources.
  void print(List<Failure> lacking) {
    for (var alike : kinds(lacking)) {
      var names = resources(alike);
      names.forEach(name -> screen.line(Span.of("  "), Span.bold(name)));
      var where = names.size() == 1 ? "it" : "each of them";
      screen.line(
          Span.of("    "),
          Span.bold(alike.getFirst().code() + ":"),
          Span.of(" " + NarrowestRole.sentence(permissions(alike), where)));
    }
    more(lacking, "  ");
  }

  /// Says the same in sentences that name the resources.
  void sum(List<Failure> lacking) {
    for (var alike : kinds(lacking)) {
      var where = String.join(" and ", resources(alike));
      screen.line(Escape.brief(NarrowestRole.sentence(permissions(alike), where)));
    }
    more(lacking, "");
  }

  static Set<String> resources(Collection<Failure> failures) {
    return failures.stream().map(Failure::resource).collect(toCollection(LinkedHashSet::new));
  }

  /// What else there is to say, such as who the caller is.
  private void more(List<Failure> lacking, String indent) {
    var said = new LinkedHashSet<String>();
    for (var failure : lacking) {
      var sentence = NarrowestRole.sentence(Set.of(permission(failure)), failure.resource());
      if (failure.advice().startsWith(sentence)) {
        said.add(failure.advice().substring(sentence.length()).strip());
      }
    }
    said.remove("");
    said.forEach(line -> screen.line(indent + Escape.brief(line)));
  }

  private static Collection<List<Failure>> kinds(List<Failure> lacking) {
    return lacking.stream()
        .collect(groupingBy(LackReport::kind, LinkedHashMap::new, toList()))
        .values();
  }

  private static Set<String> permissions(List<Failure> alike) {
    return alike.stream().map(LackReport::permission).collect(toCollection(TreeSet::new));
  }

  /// What the permission is about, such as `run.services`.
  private static String kind(Failure failure) {
    var permission = permission(failure);
    return permission.substring(0, permission.lastIndexOf('.'));
  }

  private static String permission(Failure failure) {
    return requireNonNull(failure.permission());
  }
}
