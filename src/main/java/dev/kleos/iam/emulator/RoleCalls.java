package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.ListRolesResponse;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.iam.admin.v1.QueryGrantableRolesResponse;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.RoleView;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What there is to know about roles. Custom ones do not exist here: they can be granted, but not
/// asked for. Used under the world's lock.
final class RoleCalls {
  private static final Pattern NAME =
      Pattern.compile("(?:(projects|organizations)/([^/\\s]+)/)?roles/[a-zA-Z0-9_.]+");
  private static final Pattern ORGANIZATION = Pattern.compile("organizations/\\d+");

  /// Both **documented**, for both methods that have pages.
  private static final int PAGE = 300;

  private static final int MAX_PAGE = 1000;

  private final World world;

  RoleCalls(World world) {
    this.world = world;
  }

  /// **Recorded** text. A role whose project is missing is missing like any other (**assumed**).
  Role get(GetRoleRequest request) {
    var name = request.getName();
    if (!NAME.matcher(name).matches()) {
      throw Errors.invalidArgument();
    }
    return RoleCatalog.find(name)
        .orElseThrow(() -> Errors.notFound("The role named " + name + " was not found."));
  }

  /// **Documented**: without a parent the predefined roles, with one its custom roles; deleted
  /// roles only where they are asked for, but no predefined one is ever deleted.
  ListRolesResponse list(ListRolesRequest request) {
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var after = PageTokens.parse(request.getPageToken());
    if (!request.getParent().isEmpty()) {
      checkParent(request.getParent());
      return ListRolesResponse.getDefaultInstance();
    }
    var page = page(after, size, request.getView(), _ -> true);
    return ListRolesResponse.newBuilder()
        .addAllRoles(page.roles)
        .setNextPageToken(page.next)
        .build();
  }

  /// The roles that SetIamPolicy takes on a resource.
  QueryGrantableRolesResponse grantable(QueryGrantableRolesRequest request) {
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var after = PageTokens.parse(request.getPageToken());
    var kind = FullResourceName.kind(world, request.getFullResourceName());
    var page = page(after, size, request.getView(), role -> RoleRules.allows(role.getName(), kind));
    return QueryGrantableRolesResponse.newBuilder()
        .addAllRoles(page.roles)
        .setNextPageToken(page.next)
        .build();
  }

  private static Page page(String after, int size, RoleView view, Predicate<Role> wanted) {
    var rest =
        RoleCatalog.ROLES.tailMap(after, false).values().stream()
            .filter(wanted)
            .limit(size + 1L)
            .map(role -> seen(role, view))
            .toList();
    return rest.size() <= size
        ? new Page(rest, "")
        : new Page(rest.subList(0, size), PageTokens.after(rest.get(size - 1).getName()));
  }

  /// **Documented**: permissions are shown in the full view alone.
  private static Role seen(Role role, RoleView view) {
    return view == RoleView.FULL ? role : role.toBuilder().clearIncludedPermissions().build();
  }

  /// @throws StatusRuntimeException for a project that is missing, which is **assumed** to be
  ///   denied; any organization is taken to exist (**assumed**)
  private void checkParent(String parent) {
    if (ORGANIZATION.matcher(parent).matches()) {
      return;
    }
    if (!(ResourceName.parse(parent).orElse(null) instanceof ResourceName.OfProject(var idOrNumber))
        || idOrNumber.equals("-")) {
      throw Errors.invalidArgument();
    }
    if (world.projects.find(idOrNumber).isEmpty()) {
      throw Errors.denied("iam.roles.list");
    }
  }

  /// @param next the token of the page after this one; empty for the last
  private record Page(List<Role> roles, String next) {}
}
