package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanDocument.AccountBlock;
import dev.kleos.iam.planfile.PlanDocument.BindingBlock;
import dev.kleos.iam.planfile.PlanDocument.Entry;
import dev.kleos.iam.planfile.PlanDocument.ProjectBlock;
import dev.kleos.iam.planfile.PlanDocument.ServiceBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// An edit made as data: what the file that the edit made as text is to mean.
record DocumentEdit(Names names, Resource resource) {
  PlanDocument add(PlanDocument document, Entry entry) {
    var isThere = document.accounts().stream().anyMatch(this::isMeant);
    if (resource instanceof Resource.Account account && !isThere) {
      var accounts = new ArrayList<>(document.accounts());
      var key = new Located<>(names.keyFor(account), entry.span());
      accounts.add(new AccountBlock(key, null, null, null, List.of(entry), List.of()));
      return document.with(accounts, document.services(), document.projectPolicy());
    }
    return edit(
        document,
        entries -> {
          var longer = new ArrayList<>(entries);
          longer.add(entry);
          return longer;
        },
        members -> members);
  }

  /// @param changed with the end and the reason that the principal's entry is to have
  PlanDocument change(PlanDocument document, Entry changed) {
    var who = names.principal(changed.who());
    return edit(
        document,
        entries ->
            entries.stream().map(old -> isFor(who, old) ? merge(old, changed) : old).toList(),
        members -> members);
  }

  PlanDocument rename(PlanDocument document, Principal principal, Member name) {
    UnaryOperator<List<Entry>> renamed =
        entries ->
            entries.stream().map(old -> isFor(principal, old) ? rename(old, name) : old).toList();
    return edit(document, renamed, renamed);
  }

  PlanDocument remove(PlanDocument document, Principal principal) {
    UnaryOperator<List<Entry>> without =
        entries -> entries.stream().filter(entry -> !isFor(principal, entry)).toList();
    return edit(document, without, without);
  }

  /// The entries of the principal among users or invokers.
  List<Entry> find(PlanDocument document, Principal principal) {
    var found = new ArrayList<Entry>();
    edit(
        document,
        entries -> {
          entries.stream().filter(entry -> isFor(principal, entry)).forEach(found::add);
          return entries;
        },
        members -> members);
    return found;
  }

  private PlanDocument edit(
      PlanDocument document, UnaryOperator<List<Entry>> own, UnaryOperator<List<Entry>> members) {
    var project = document.projectPolicy();
    return document.with(
        document.accounts().stream()
            .map(old ->
                isMeant(old)
                    ? old.with(own.apply(old.users()), bindings(old.bindings(), members))
                    : old)
            .toList(),
        document.services().stream()
            .map(old ->
                isMeant(old)
                    ? old.with(own.apply(old.invokers()), bindings(old.bindings(), members))
                    : old)
            .toList(),
        project == null || !(resource instanceof Resource.Project)
            ? project
            : new ProjectBlock(
                project.span(), project.unmanaged(), bindings(project.bindings(), members)));
  }

  private boolean isMeant(AccountBlock block) {
    return resource instanceof Resource.Account account
        && names.isKeyOf(account, block.key().value());
  }

  private boolean isMeant(ServiceBlock block) {
    return resource instanceof Resource.Service service
        && names.isKeyOf(service, block.region(), block.name());
  }

  private boolean isFor(Principal principal, Entry entry) {
    return names.principal(entry.who()).equals(principal);
  }

  private static Entry merge(Entry old, Entry changed) {
    return new Entry(
        old.span(),
        old.who(),
        changed.until(),
        changed.reason() == null ? old.reason() : changed.reason(),
        old.allow());
  }

  private static Entry rename(Entry old, Member name) {
    return new Entry(old.span(), name, old.until(), old.reason(), old.allow());
  }

  private static List<BindingBlock> bindings(
      List<BindingBlock> bindings, UnaryOperator<List<Entry>> members) {
    return bindings.stream()
        .map(old -> new BindingBlock(old.role(), members.apply(old.members()), old.condition()))
        .toList();
  }
}
