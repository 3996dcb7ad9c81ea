package dev.kleos.iam.planfile;

import dev.kleos.iam.planfile.PlanDocument.AccountBlock;
import dev.kleos.iam.planfile.PlanDocument.BindingBlock;
import dev.kleos.iam.planfile.PlanDocument.Entry;
import dev.kleos.iam.planfile.PlanDocument.ProjectBlock;
import dev.kleos.iam.planfile.PlanDocument.ServiceBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a document says, wherever it stands: two files mean the same when these are equal.
final class Meaning {
  private static final Span NOWHERE = Span.startOf("");

  private Meaning() {}

  static PlanDocument of(PlanDocument document) {
    var project = document.projectPolicy();
    return new PlanDocument(
        "",
        of(document.project()),
        document.userRoles(),
        of(document.unmanaged()),
        document.accounts().stream().map(Meaning::of).toList(),
        document.services().stream().map(Meaning::of).toList(),
        project == null
            ? null
            : new ProjectBlock(NOWHERE, of(project.unmanaged()), bindings(project.bindings())),
        of(document.projectNumber()));
  }

  private static AccountBlock of(AccountBlock account) {
    return new AccountBlock(
        new Located<>(account.key().value(), NOWHERE),
        of(account.displayName()),
        of(account.description()),
        of(account.unmanaged()),
        entries(account.users()),
        bindings(account.bindings()));
  }

  private static ServiceBlock of(ServiceBlock service) {
    return new ServiceBlock(
        NOWHERE,
        service.region(),
        service.name(),
        of(service.unmanaged()),
        entries(service.invokers()),
        bindings(service.bindings()));
  }

  private static List<BindingBlock> bindings(List<BindingBlock> bindings) {
    return bindings.stream()
        .map(one -> new BindingBlock(one.role(), entries(one.members()), of(one.condition())))
        .toList();
  }

  private static List<Entry> entries(List<Entry> entries) {
    return entries.stream()
        .map(one -> new Entry(NOWHERE, one.who(), of(one.until()), one.reason(), one.allow()))
        .toList();
  }

  private static <T> @Nullable Located<T> of(@Nullable Located<T> located) {
    return located == null ? null : new Located<>(located.value(), NOWHERE);
  }
}
