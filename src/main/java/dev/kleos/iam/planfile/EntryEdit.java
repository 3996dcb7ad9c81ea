package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanDocument.Entry;
import dev.kleos.iam.planfile.PlanEditor.NewEntry;
import dev.kleos.iam.planfile.PlanTree.Place;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One edit of one file: as text, as data, and whether the two are the same.
final class EntryEdit {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final PlanSource.Content file;
  private final Names names;
  private final Resource resource;
  private final String verb;
  private final String who;
  private final PlanDocument document;
  private final DocumentEdit asData;
  private final SourceText text;

  /// @param verb what is done, for messages
  /// @param who to whom, for messages
  EntryEdit(PlanSource.Content file, String projectId, Resource resource, String verb, String who) {
    this.file = file;
    this.names = new Names(projectId);
    this.resource = resource;
    this.verb = verb;
    this.who = who;
    this.asData = new DocumentEdit(names, resource);
    this.document = read(file, _ -> refusal("the file has errors; correct them first"));
    this.text = SourceReader.read(file, new Problems()).orElseThrow();
  }

  PlanSource.Content add(NewEntry entry) {
    var added = read(entry);
    if (resource instanceof Resource.Project) {
      throw refusal("a grant on a project stands in a binding; write it there by hand");
    }
    if (resource instanceof Resource.Service && tree(text).blocks(resource).isEmpty()) {
      throw refusal(
          "the file has no key for " + resource.name() + "; write it under \"services\" by hand");
    }
    return finish(EntryAddition.edit(tree(text), resource, entry), asData.add(document, added));
  }

  PlanSource.Content change(NewEntry entry) {
    var changed = read(entry);
    var principal = names.principal(changed.who());
    var found = asData.find(document, principal);
    if (found.size() != 1) {
      throw refusal(
          "there should be one entry, and there are "
              + found.size()
              + " on "
              + resource.name()
              + "; edit them by hand");
    }
    var until = entry.until();
    var reason = entry.reason();
    var endsNoMore = until == null && found.getFirst().until() != null;
    var steps = Stream.<Function<Place, SourceText>>builder();
    if (until != null || reason != null) {
      steps.add(EntryChange::toMapping);
    }
    if (until != null) {
      steps.add(place -> EntryChange.setUntil(place, until));
    }
    if (endsNoMore) {
      steps.add(EntryChange::removeUntil);
    }
    if (reason != null) {
      steps.add(place -> EntryChange.setReason(place, reason));
    } else if (endsNoMore) {
      steps.add(EntryChange::toScalar);
    }
    var result = text;
    for (var step : steps.build().toList()) {
      result = step.apply(tree(result).find(resource, principal).orElseThrow(this::inexact));
    }
    return finish(result, asData.change(document, changed));
  }

  PlanSource.Content rename(Principal principal, String name) {
    checkOneLine(name);
    var who = parse(name, PrincipalSyntax::parse).value();
    if (names.principal(who).equals(principal)) {
      throw refusal(quote(name) + " is the same principal");
    }
    var result = text;
    var place = tree(result).find(resource, principal);
    while (place.isPresent()) {
      result = EntryChange.rename(place.get(), name);
      place = tree(result).find(resource, principal);
    }
    return finish(result, asData.rename(document, principal, who));
  }

  PlanSource.Content remove(Principal principal) {
    var result = text;
    var place = tree(result).find(resource, principal);
    while (place.isPresent()) {
      var shorter = EntryRemoval.edit(place.get());
      if (shorter.length() >= result.length()) {
        throw inexact();
      }
      result = shorter;
      place = tree(result).find(resource, principal);
    }
    return finish(result, asData.remove(document, principal));
  }

  /// The entry as a file's reader would have it.
  private Entry read(NewEntry entry) {
    Stream.of(entry.principal(), entry.until(), entry.reason()).forEach(this::checkOneLine);
    var until = entry.until() == null ? null : parse(entry.until(), UntilSyntax::parse);
    return new Entry(
        Span.startOf(file.name()),
        parse(entry.principal(), PrincipalSyntax::parse).value(),
        until,
        entry.reason(),
        null);
  }

  private void checkOneLine(@Nullable String value) {
    if (value != null && value.codePoints().anyMatch(Characters::isUnwritable)) {
      throw refusal(quote(value) + " is not one line of plain text; leave out what is not");
    }
  }

  private <T> Located<T> parse(String value, Function<String, Parsed<T>> syntax) {
    return switch (syntax.apply(value)) {
      case Parsed.Good<T>(var good) -> new Located<>(good, Span.startOf(file.name()));
      case Parsed.Bad<T>(_, var message) -> throw refusal(message);
    };
  }

  private PlanSource.Content finish(SourceText edited, PlanDocument wanted) {
    var mark = new String(file.bytes(), UTF_8).startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    var result = file.withBytes((mark + edited.text()).getBytes(UTF_8));
    if (!Meaning.of(read(result, this::refusal)).equals(Meaning.of(wanted))) {
      throw inexact();
    }
    return result;
  }

  /// The document of a file.
  ///
  /// @param refusal of a file with errors, by the first of them
  private static PlanDocument read(
      PlanSource.Content file, Function<String, UneditableException> refusal) {
    var problems = new Problems();
    var document = PlanReader.read(file, problems);
    var error =
        problems.inOrder(List.of(file.name())).stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .findFirst();
    if (error.isPresent()) {
      throw refusal.apply(error.get().message());
    }
    return document.orElseThrow();
  }

  private PlanTree tree(SourceText current) {
    return NodeReader.read(current, new Problems())
        .filter(Node.Mapping.class::isInstance)
        .map(root -> new PlanTree(new Layout(current), (Node.Mapping) root, names))
        .orElseThrow(this::inexact);
  }

  private UneditableException inexact() {
    return refusal(
        "the way the file is written, more would change than the entry on "
            + resource.name()
            + "; edit it by hand");
  }

  private UneditableException refusal(String why) {
    return new UneditableException(
        file.name() + ": cannot " + verb + " " + quote(who) + ": " + why);
  }
}
