package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import dev.kleos.iam.model.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one plan file: bytes to tree to document. What it cannot make sense of is a problem; the
/// rest of the file is read all the same.
final class PlanReader {
  private static final String VERSION = "1";
  static final List<String> KEYS =
      List.of(
          "version",
          "project",
          "region",
          "userRoles",
          "unmanaged",
          "serviceAccounts",
          "services",
          "projectPolicy",
          "expectedProjectNumber");

  private final Problems problems;
  private final Values values;
  private final ResourceReader resources;

  private PlanReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
    this.resources = new ResourceReader(problems);
  }

  /// The document of a file, or empty where it is no YAML at all.
  static Optional<PlanDocument> read(PlanSource source, Problems problems) {
    return switch (source) {
      case PlanSource.Unreadable(var name, var code, var message) -> {
        problems.add(code, Span.startOf(name), message);
        yield Optional.empty();
      }
      case PlanSource.Content content ->
          SourceReader.read(content, problems)
              .flatMap(text -> NodeReader.read(text, problems))
              .flatMap(root -> new PlanReader(problems).document(source.name(), root));
    };
  }

  private Optional<PlanDocument> document(String file, Node root) {
    var fields = new Fields(root, "a plan", KEYS, problems);
    if (!(root instanceof Node.Mapping)) {
      return Optional.empty();
    }
    checkVersion(fields);
    var region = fields.parsed("region", ResourceSyntax::region);
    var accounts = fields.pairs("serviceAccounts").stream().map(resources::account).toList();
    var services =
        fields.pairs("services").stream()
            .map(pair -> resources.service(pair, region, fields.node("region") != null))
            .toList();
    var projectPolicy = fields.pair("projectPolicy");
    return Optional.of(
        new PlanDocument(
            file,
            project(fields),
            userRoles(fields),
            fields.choice("unmanaged", ResourceReader.UNMANAGED),
            accounts,
            services,
            projectPolicy == null ? null : resources.project(projectPolicy),
            projectNumber(fields)));
  }

  private void checkVersion(Fields fields) {
    var node = fields.required("version", "version: 1");
    var isVersion =
        node instanceof Node.Scalar(_, var text, var type, _)
            && type == ScalarType.INTEGER
            && text.equals(VERSION);
    if (node != null && !(node instanceof Node.Refused) && !isVersion) {
      problems.add(
          ProblemCode.VERSION, node.span(), "this program knows version 1; write \"version: 1\"");
    }
  }

  /// An id, an empty text where the file has another thing for one, null where it has none.
  private @Nullable Located<String> project(Fields fields) {
    var node = fields.node("project");
    if (node == null) {
      return null;
    }
    var text =
        node instanceof Node.Scalar(var span, var digits, var type, _) && type == ScalarType.INTEGER
            ? new Located<>(digits, span)
            : values.text(node);
    var id = text == null ? null : values.parse(text, ResourceSyntax::projectId);
    return id == null ? new Located<>("", node.span()) : id;
  }

  private List<Role> userRoles(Fields fields) {
    var node = fields.node("userRoles");
    if (node instanceof Node.Sequence list && list.items().isEmpty()) {
      problems.add(
          ProblemCode.NO_USER_ROLES,
          node.span(),
          "users would get nothing; leave \"userRoles\" out for the three default roles");
    }
    var roles = new LinkedHashSet<Role>();
    for (var item : fields.items("userRoles")) {
      var text = values.text(item);
      var role = text == null ? null : values.parse(text, RoleSyntax::parse);
      if (role == null) {
        continue;
      }
      RoleSyntax.warnOfDoubt(role, problems);
      if (!roles.add(role.value())) {
        problems.add(
            ProblemCode.REPEATED,
            role.span(),
            quote(role.value().name()) + " is in this list already; remove one of the two");
      }
    }
    return roles.isEmpty() ? Role.IMPERSONATION : List.copyOf(roles);
  }

  private @Nullable Located<String> projectNumber(Fields fields) {
    var node = fields.node("expectedProjectNumber");
    if (node instanceof Node.Scalar(var span, var text, var type, _) && type != ScalarType.TEXT) {
      problems.add(
          ProblemCode.PROJECT_NUMBER_FORM,
          span,
          "a project number is a text; put it in quotes: '" + Wording.cut(text) + "'");
      return null;
    }
    return fields.parsed("expectedProjectNumber", ResourceSyntax::projectNumber);
  }
}
