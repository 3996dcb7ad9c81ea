package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planfile.PlanDocument.AccountBlock;
import dev.kleos.iam.planfile.PlanDocument.BindingBlock;
import dev.kleos.iam.planfile.PlanDocument.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins the documents of one project into what they ask for together.
final class ProjectCompiler {
  private static final List<Role> INVOKER_ROLES =
      List.of(Role.RUN_INVOKER, Role.RUN_SERVICES_INVOKER);

  private final String projectId;
  private final boolean complete;
  private final Instant now;
  private final Problems problems;
  private final ResourceKeys keys;
  private final Set<String> accountIds = new LinkedHashSet<>();
  private final Map<Resource.Account, Texts> accounts = new LinkedHashMap<>();
  private final Map<Resource, PolicyDraft> drafts = new LinkedHashMap<>();
  private final List<PlanEntry> entries = new ArrayList<>();
  private @Nullable Located<String> projectNumber;

  /// @param complete whether every file of the run could be read: only then is an account that is
  ///   not there nowhere
  /// @param keys those of the whole run, to which this project's are added
  ProjectCompiler(
      String projectId,
      List<PlanDocument> documents,
      boolean complete,
      Instant now,
      ResourceKeys keys,
      Problems problems) {
    this.projectId = projectId;
    this.complete = complete;
    this.now = now;
    this.problems = problems;
    this.keys = keys;
    for (var document : documents) {
      for (var account : document.accounts()) {
        if (!account.isReferred()) {
          accountIds.add(account.key().value());
        }
      }
    }
    documents.forEach(this::add);
  }

  List<ServiceAccount> accounts() {
    return accounts.entrySet().stream().map(entry -> entry.getValue().of(entry.getKey())).toList();
  }

  List<DesiredPolicy> policies() {
    return drafts.values().stream().map(PolicyDraft::finish).toList();
  }

  Optional<String> projectNumber() {
    return Optional.ofNullable(projectNumber).map(Located::value);
  }

  List<PlanEntry> entries() {
    return entries;
  }

  Map<Resource, Map<Grant.Assignment, Origin>> assignmentOrigins() {
    var origins = new LinkedHashMap<Resource, Map<Grant.Assignment, Origin>>();
    drafts.forEach((resource, draft) -> origins.put(resource, draft.origins()));
    return origins;
  }

  private void add(PlanDocument document) {
    projectNumber =
        Located.join("expectedProjectNumber", projectNumber, document.projectNumber(), problems);
    document.accounts().forEach(account -> add(account, document));
    for (var service : document.services()) {
      var resource = new Resource.Service(projectId, service.region(), service.name());
      keys.add(resource, service.span(), projectId, false);
      var draft = draft(resource);
      draft.manage(INVOKER_ROLES);
      draft.unmanaged(service.unmanaged(), document.unmanaged());
      addAll(resource, List.of(Role.RUN_INVOKER), service.invokers());
      service.bindings().forEach(binding -> addBinding(resource, binding));
    }
    var project = document.projectPolicy();
    if (project != null) {
      var resource = new Resource.Project(projectId);
      keys.add(resource, project.span(), projectId, false);
      var draft = draft(resource);
      draft.unmanaged(project.unmanaged(), forProject(document.unmanaged()));
      project.bindings().forEach(binding -> addBinding(resource, binding));
    }
  }

  private void add(AccountBlock account, PlanDocument document) {
    var key = account.key().value();
    var resource =
        account.isReferred()
            ? Resource.Account.ofEmail(key)
            : Resource.Account.inProject(projectId, key);
    keys.add(resource, account.key().span(), projectId, account.isReferred());
    if (!account.isReferred()) {
      var texts = new Texts(account.displayName(), account.description());
      accounts.merge(resource, texts, (first, second) -> first.join(second, problems));
    }
    var draft = draft(resource);
    draft.manage(Role.IMPERSONATION);
    draft.manage(document.userRoles());
    draft.unmanaged(account.unmanaged(), document.unmanaged());
    addAll(resource, document.userRoles(), account.users());
    account.bindings().forEach(binding -> addBinding(resource, binding));
  }

  private void addAll(Resource resource, List<Role> roles, List<Entry> list) {
    for (var entry : list) {
      resolve(entry)
          .ifPresent(who -> {
            roles.forEach(role -> draft(resource).add(role, who, entry, null));
            remember(resource, who, entry, false);
          });
    }
  }

  private void addBinding(Resource resource, BindingBlock binding) {
    draft(resource).manage(List.of(binding.role()));
    Located<Condition> condition = binding.condition();
    for (var entry : binding.members()) {
      resolve(entry)
          .ifPresent(who -> {
            draft(resource).add(binding.role(), who, entry, condition);
            remember(resource, who, entry, true);
          });
    }
  }

  private void remember(Resource resource, Principal who, Entry entry, boolean inBinding) {
    var until = entry.until() == null ? null : entry.until().value();
    var origin = entry.span().origin(entry.reason());
    entries.add(new PlanEntry(resource, who, until, inBinding, origin));
  }

  private Optional<Principal> resolve(Entry entry) {
    return switch (entry.who()) {
      case Member.Named(var principal) -> Optional.of(principal);
      case Member.OfPlan(var id) -> {
        if (accountIds.contains(id)) {
          yield Optional.of(Resource.Account.inProject(projectId, id).principal());
        }
        if (complete) {
          problems.add(
              ProblemCode.UNKNOWN_ACCOUNT,
              entry.span(),
              quote(id) + " is no account of this plan",
              () -> Wording.nearest(id, accountIds, PrincipalSyntax.FORMS));
        }
        yield Optional.empty();
      }
    };
  }

  private PolicyDraft draft(Resource resource) {
    return drafts.computeIfAbsent(resource, r -> new PolicyDraft(r, now, problems));
  }

  /// A file's `remove` is about its accounts and services; the project's own policy holds too much
  /// that no plan knows of.
  private static @Nullable Located<Unmanaged> forProject(@Nullable Located<Unmanaged> ofFile) {
    return ofFile != null && ofFile.value() == Unmanaged.REMOVE
        ? new Located<>(Unmanaged.REPORT, ofFile.span())
        : ofFile;
  }

  private record Texts(
      @Nullable Located<String> displayName, @Nullable Located<String> description) {
    Texts join(Texts other, Problems problems) {
      return new Texts(
          Located.join("displayName", displayName, other.displayName, problems),
          Located.join("description", description, other.description, problems));
    }

    ServiceAccount of(Resource.Account resource) {
      return ServiceAccount.desired(
          resource,
          displayName == null ? null : displayName.value(),
          description == null ? null : description.value());
    }
  }
}
