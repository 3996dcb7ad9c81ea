package dev.kleos.iam.planfile;

import static java.util.stream.Collectors.toMap;

import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.planfile.PlanDocument.BindingBlock;
import dev.kleos.iam.planfile.PlanDocument.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads entries, and the bindings that group them.
final class EntryReader {
  static final List<String> ENTRY_KEYS = List.of("principal", "until", "reason", "allow");
  static final List<String> BINDING_KEYS = List.of("role", "members", "condition");
  static final List<String> CONDITION_KEYS = List.of("title", "expression", "description");
  private static final SortedMap<String, Allowance> ALLOWANCES =
      Arrays.stream(Allowance.values())
          .collect(toMap(Allowance::spelling, allowance -> allowance, (a, _) -> a, TreeMap::new));

  private final Problems problems;
  private final Values values;

  EntryReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  /// The users of an account: entries, but never everyone.
  List<Entry> users(List<Node> nodes) {
    var entries = entries(nodes);
    for (var entry : entries) {
      if (isPublic(entry)) {
        problems.add(
            ProblemCode.PUBLIC_USER,
            entry.span(),
            "everyone on the internet could act as this account; name the people or a group");
      }
    }
    return entries;
  }

  List<Entry> entries(List<Node> nodes) {
    return nodes.stream().map(this::entry).flatMap(Optional::stream).toList();
  }

  List<BindingBlock> bindings(List<Node> nodes) {
    return nodes.stream().map(this::binding).flatMap(Optional::stream).toList();
  }

  private Optional<Entry> entry(Node node) {
    return switch (node) {
      case Node.Scalar scalar when scalar.type() == ScalarType.TEXT ->
          Optional.ofNullable(
                  values.parse(new Located<>(scalar.text(), scalar.span()), PrincipalSyntax::parse))
              .map(who -> new Entry(scalar.span(), who.value(), null, null, null));
      case Node.Mapping mapping -> mappingEntry(mapping);
      case Node.Refused _ -> Optional.empty();
      case Node.Scalar _, Node.Sequence _ -> {
        problems.add(
            ProblemCode.WRONG_TYPE,
            node.span(),
            "expected a principal, found "
                + node.kind()
                + "; write e.g. \"user:someone@example.com\"");
        yield Optional.empty();
      }
    };
  }

  private Optional<Entry> mappingEntry(Node.Mapping mapping) {
    var split = splitPrincipal(mapping);
    if (split.isPresent()) {
      problems.add(
          ProblemCode.PRINCIPAL_FORM,
          mapping.pairs().getFirst().key().span(),
          "a principal has no space after its colon" + Wording.didYouMean(split.get()));
      return Optional.empty();
    }
    var fields = new Fields(mapping, "an entry", ENTRY_KEYS, problems);
    var principal = fields.requiredText("principal", "principal: user:someone@example.com");
    var until = fields.parsed("until", UntilSyntax::parse);
    var reason = fields.text("reason");
    var allow = fields.choice("allow", ALLOWANCES);
    var who = principal == null ? null : values.parse(principal, PrincipalSyntax::parse);
    if (who == null) {
      return Optional.empty();
    }
    var entry =
        new Entry(
            who.span(),
            who.value(),
            until,
            reason == null ? null : reason.value(),
            allow == null ? null : allow.value());
    if (until != null && isPublic(entry)) {
      publicCondition(until.span());
    }
    return Optional.of(entry);
  }

  /// YAML reads `- user: alice@example.com` as a mapping; the space is a slip.
  private static Optional<String> splitPrincipal(Node.Mapping mapping) {
    return mapping.pairs().stream()
        .limit(1)
        .filter(pair -> PrincipalSyntax.TYPES.contains(pair.key().text()))
        .filter(pair -> pair.value() instanceof Node.Scalar)
        .map(pair -> pair.key().text() + ":" + ((Node.Scalar) pair.value()).text())
        .findFirst();
  }

  private Optional<BindingBlock> binding(Node node) {
    if (!(node instanceof Node.Mapping)) {
      values.wrongType(node, "a binding", "; write \"role:\" and \"members:\"");
      return Optional.empty();
    }
    var fields = new Fields(node, "a binding", BINDING_KEYS, problems);
    var roleText = fields.requiredText("role", "role: roles/run.invoker");
    var role = roleText == null ? null : values.parse(roleText, RoleSyntax::parse);
    if (!fields.has("members")) {
      fields.required("members", "members: [user:someone@example.com]");
    }
    var members = entries(fields.items("members"));
    var condition = condition(fields.node("condition"));
    if (condition != null) {
      checkConditional(members, condition);
    }
    if (role == null) {
      return Optional.empty();
    }
    RoleSyntax.warnOfDoubt(role, problems);
    return Optional.of(new BindingBlock(role.value(), members, condition));
  }

  private @Nullable Located<Condition> condition(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    var fields = new Fields(node, "a condition", CONDITION_KEYS, problems);
    if (!(node instanceof Node.Mapping)) {
      return null;
    }
    var title = fields.requiredText("title", "title: office hours");
    var expression =
        fields.requiredText(
            "expression", "expression: 'request.time < timestamp(\"2027-01-31T00:00:00Z\")'");
    var description = fields.text("description");
    return title == null || expression == null
        ? null
        : new Located<>(
            new Condition(
                title.value(), expression.value(), description == null ? "" : description.value()),
            node.span());
  }

  private void checkConditional(List<Entry> members, Located<Condition> condition) {
    for (var entry : members) {
      if (entry.until() != null) {
        problems.add(
            ProblemCode.UNTIL_BESIDE_CONDITION,
            entry.until().span(),
            "\"until\" beside the condition of its binding on line "
                + condition.span().line()
                + "; put the date into the condition, or this entry into a binding of its own");
      }
      if (isPublic(entry)) {
        publicCondition(condition.span());
      }
    }
  }

  private void publicCondition(Span span) {
    problems.add(
        ProblemCode.PUBLIC_CONDITION,
        span,
        "a grant to allUsers or allAuthenticatedUsers takes no condition and no \"until\"; remove"
            + " it, or name who is meant");
  }

  private static boolean isPublic(Entry entry) {
    return entry.who() instanceof Member.Named(var principal) && principal.isPublic();
  }
}
