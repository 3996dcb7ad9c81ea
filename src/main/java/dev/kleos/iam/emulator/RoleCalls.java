package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.CreateRoleRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.ListRolesResponse;
import com.google.iam.admin.v1.Permission;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.iam.admin.v1.QueryGrantableRolesResponse;
import com.google.iam.admin.v1.QueryTestablePermissionsRequest;
import com.google.iam.admin.v1.QueryTestablePermissionsResponse;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.Role.RoleLaunchStage;
import com.google.iam.admin.v1.RoleView;
import com.google.rpc.Code;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What there is to know about roles: the predefined ones, which anybody may know (**assumed**),
/// and the custom ones of projects. Used under the world's lock.
final class RoleCalls {
  private static final Pattern NAME =
      Pattern.compile("(?:(projects|organizations)/([^/\\s]+)/)?roles/[a-zA-Z0-9_.]+");
  private static final Pattern ORGANIZATION = Pattern.compile("organizations/\\d+");

  private static final Pattern ROLE_ID = Pattern.compile("[a-zA-Z0-9_.]{3,64}");

  /// Both **documented**, for both methods that have pages.
  private static final int PAGE = 300;

  private static final int MAX_PAGE = 1000;

  private final World world;
  private final Permitted permitted;

  RoleCalls(World world, Permitted permitted) {
    this.world = world;
    this.permitted = permitted;
  }

  /// **Recorded** text. An organization's role is missing (**assumed**): none are modelled.
  Role get(GetRoleRequest request) {
    var name = request.getName();
    if (!NAME.matcher(name).matches()) {
      throw Errors.invalidArgument();
    }
    return (name.startsWith("roles/") ? RoleCatalog.find(name) : custom(name))
        .orElseThrow(() -> Errors.notFound("The role named " + name + " was not found."));
  }

  /// A project's own role (**documented**: the id, and that only projects and organizations have
  /// any). The text about permissions is **recorded**, that of the other refusals **assumed**, and
  /// so is it that whatever looks like a permission can be in it.
  Role create(CreateRoleRequest request) {
    var name = request.getParent() + "/roles/" + request.getRoleId();
    var project = RoleJson.project(name);
    if (project.isEmpty()
        || !ROLE_ID.matcher(request.getRoleId()).matches()
        || request.getRole().getStage() == RoleLaunchStage.UNRECOGNIZED) {
      throw Errors.invalidArgument();
    }
    var key =
        owner(request.getParent(), "iam.roles.create")
            .orElseThrow(
                () -> Denied.roles("iam.roles.create", "create a role in ", request.getParent()));
    checkPermissions(request.getRole());
    var own = key + "/roles/" + request.getRoleId();
    if (world.roles.get(own).isPresent()) {
      throw Errors.of(Code.ALREADY_EXISTS, "A role named " + own + " already exists.");
    }
    var role = RoleJson.named(own, request.getRole());
    world.roles.put(own, role);
    return role;
  }

  /// **Documented**: without a parent the predefined roles, with one its custom roles; deleted
  /// roles only where they are asked for, but no predefined one is ever deleted.
  ListRolesResponse list(ListRolesRequest request) {
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var after = PageTokens.parse(request.getPageToken());
    var prefix = request.getParent().isEmpty() ? "" : parent(request.getParent()) + "/roles/";
    var page =
        prefix.isEmpty()
            ? page(RoleCatalog.ROLES, after, size, request.getView(), _ -> true)
            : page(
                world.roles.rows(),
                after,
                size,
                request.getView(),
                role -> role.getName().startsWith(prefix));
    return ListRolesResponse.newBuilder()
        .addAllRoles(page.rows())
        .setNextPageToken(page.next())
        .build();
  }

  /// The roles that SetIamPolicy takes on a resource.
  QueryGrantableRolesResponse grantable(QueryGrantableRolesRequest request) {
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var after = PageTokens.parse(request.getPageToken());
    var kind = FullResourceName.kind(permitted, request.getFullResourceName());
    var page =
        page(
            RoleCatalog.ROLES,
            after,
            size,
            request.getView(),
            role -> RoleRules.allows(role.getName(), kind));
    return QueryGrantableRolesResponse.newBuilder()
        .addAllRoles(page.rows())
        .setNextPageToken(page.next())
        .build();
  }

  /// **Documented**: what a custom role can have. Here that is whatever a predefined role has, on
  /// every resource alike, and all of it on one page (**assumed**).
  QueryTestablePermissionsResponse testable(QueryTestablePermissionsRequest request) {
    FullResourceName.kind(permitted, request.getFullResourceName());
    var answer = QueryTestablePermissionsResponse.newBuilder();
    RoleCatalog.ROLES.values().stream()
        .flatMap(role -> role.getIncludedPermissionsList().stream())
        .sorted()
        .distinct()
        .forEach(name ->
            answer.addPermissions(
                Permission.newBuilder()
                    .setName(name)
                    .setStage(Permission.PermissionLaunchStage.GA)));
    return answer.build();
  }

  /// By the rule that a file is read by, so that what is saved can be read again.
  private static void checkPermissions(Role role) {
    for (var permission : role.getIncludedPermissionsList()) {
      if (!RoleJson.isPermission(permission)) {
        throw Errors.invalid("Permission " + permission + " is not valid.");
      }
    }
  }

  private static PageTokens.Page<Role> page(
      NavigableMap<String, Role> roles,
      String after,
      int size,
      RoleView view,
      Predicate<Role> wanted) {
    var rest =
        roles.tailMap(after, false).values().stream()
            .filter(wanted)
            .limit(size + 1L)
            .map(role -> seen(role, view))
            .toList();
    return PageTokens.page(rest, size, after, Role::getName);
  }

  /// **Documented**: permissions are shown in the full view alone.
  private static Role seen(Role role, RoleView view) {
    return view == RoleView.FULL ? role : role.toBuilder().clearIncludedPermissions().build();
  }

  /// A project's own role, whichever way the project is named.
  private Optional<Role> custom(String name) {
    var end = name.indexOf("/roles/");
    var key =
        owner(name.substring(0, end), "iam.roles.get")
            .orElseThrow(() -> Denied.roles("iam.roles.get", "get the role at ", name));
    return world.roles.get(key + name.substring(end));
  }

  private String parent(String parent) {
    if (!ORGANIZATION.matcher(parent).matches()
        && (!(ResourceName.parse(parent).orElse(null) instanceof ResourceName.OfProject(var id))
            || id.equals("-"))) {
      throw Errors.invalidArgument();
    }
    return owner(parent, "iam.roles.list")
        .orElseThrow(() -> Denied.roles("iam.roles.list", "list roles in ", parent));
  }

  /// The key of whatever has roles of its own; empty where the caller may not ask for them. Any
  /// organization is taken to exist, and nobody has a role in it (both **assumed**).
  private Optional<String> owner(String parent, String permission) {
    if (ORGANIZATION.matcher(parent).matches()) {
      return Optional.of(parent).filter(key -> permitted.has(permission, key));
    }
    return permitted
        .projectOf(parent.substring("projects/".length()), permission)
        .map(Project::key);
  }
}
