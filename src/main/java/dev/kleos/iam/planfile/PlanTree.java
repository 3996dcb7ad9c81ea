package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A plan file without errors as an edit sees it: the lists of a resource, and where they stand.
record PlanTree(Layout layout, Node.Mapping root, Names names) {
  static final String ACCOUNTS = "serviceAccounts";
  static final String SERVICES = "services";
  static final String USERS = "users";
  static final String INVOKERS = "invokers";
  private static final String PROJECT_POLICY = "projectPolicy";
  private static final String BINDINGS = "bindings";
  private static final String MEMBERS = "members";

  /// The resource's key with what stands under it; several where the file is not as it should be.
  List<Node.Pair> blocks(Resource resource) {
    return switch (resource) {
      case Resource.Account account ->
          pairs(ACCOUNTS).filter(pair -> names.isKeyOf(account, pair.key().text())).toList();
      case Resource.Service service ->
          pairs(SERVICES).filter(pair -> isKeyOf(service, pair.key().text())).toList();
      case Resource.Project _ -> root.pair(PROJECT_POLICY).stream().toList();
    };
  }

  /// The key of the list of those who may use the resource.
  static String listKey(Resource resource) {
    return resource instanceof Resource.Service ? INVOKERS : USERS;
  }

  /// The lists of entries of a resource that have any, those of its bindings last.
  private List<EntryList> lists(Resource resource) {
    var own = new ArrayList<EntryList>();
    var ofBindings = new ArrayList<EntryList>();
    for (var block : blocks(resource)) {
      if (block.value() instanceof Node.Mapping body) {
        body.pair(listKey(resource)).ifPresent(pair -> add(own, block, body, pair));
        if (body.pair(BINDINGS).map(Node.Pair::value).orElse(null) instanceof Node.Sequence list) {
          for (var item : list.items()) {
            var binding = (Node.Mapping) item;
            binding.pair(MEMBERS).ifPresent(pair -> add(ofBindings, null, binding, pair));
          }
        }
      }
    }
    own.addAll(ofBindings);
    return own;
  }

  /// The principal's first entry on a resource.
  Optional<Place> find(Resource resource, Principal principal) {
    for (var list : lists(resource)) {
      for (var i = 0; i < list.items().size(); i++) {
        if (principal(list.items().get(i)).filter(principal::equals).isPresent()) {
          return Optional.of(new Place(this, list, i));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Principal> principal(Node item) {
    var text =
        item instanceof Node.Mapping entry
            ? entry.pair(EntryStyle.PRINCIPAL).map(Node.Pair::value).orElse(null)
            : item;
    return text instanceof Node.Scalar scalar
            && PrincipalSyntax.parse(scalar.text()) instanceof Parsed.Good<Member>(var who)
        ? Optional.of(names.principal(who))
        : Optional.empty();
  }

  private boolean isKeyOf(Resource.Service service, String key) {
    var slash = key.indexOf('/');
    var region =
        slash >= 0
            ? key.substring(0, slash)
            : root.pair("region").map(p -> ((Node.Scalar) p.value()).text()).orElse("");
    return names.isKeyOf(service, region, key.substring(slash + 1));
  }

  private Stream<Node.Pair> pairs(String key) {
    return root.pair(key).map(Node.Pair::value).stream()
        .filter(Node.Mapping.class::isInstance)
        .flatMap(value -> ((Node.Mapping) value).pairs().stream());
  }

  private static void add(
      List<EntryList> lists, Node.@Nullable Pair block, Node.Mapping body, Node.Pair pair) {
    if (pair.value() instanceof Node.Sequence list && !list.items().isEmpty()) {
      lists.add(new EntryList(block, body, pair, list));
    }
  }

  /// Where an entry stands.
  record Place(PlanTree tree, EntryList list, int index) {
    Node item() {
      return list.items().get(index);
    }
  }

  /// A list of entries that has at least one.
  ///
  /// @param block the key of the account or service whose own list it is; null for the members of a
  ///   binding
  /// @param body the mapping that the list's key stands in
  record EntryList(
      Node.@Nullable Pair block, Node.Mapping body, Node.Pair pair, Node.Sequence list) {
    List<Node> items() {
      return list.items();
    }
  }
}
