package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import org.jspecify.annotations.Nullable;

/// Adds, changes or removes an entry of a plan file and keeps every other byte. Pure: text in, text
/// out.
///
/// How the text is laid out is a matter of style; what it means is not: the result is read again,
/// and compared with the file's document on which the same edit was made as data.
///
/// Removing what was added gives the same bytes again, and so does changing an end and changing it
/// back. Three things do not come back: a value `null` or `~` that was written out, or none in
/// braces (`{users: }`); the absence of an account; and how an entry without an end was written
/// that got one and lost it again, where it was a principal alone among entries with keys, or the
/// reverse.
public final class PlanEditor {
  private PlanEditor() {}

  /// An entry as the edit writes it.
  ///
  /// @param principal as the file is to spell it: `user:alice@example.com`, `allUsers`, or the bare
  ///   id of an account of the plan
  /// @param until as the file is to spell it, `2027-01-31` or an RFC 3339 instant; null for no end
  /// @param reason null for none, or where the entry is changed, to keep what is there
  public record NewEntry(String principal, @Nullable String until, @Nullable String reason) {}

  /// The file with the entry at the end of the users of an account or the invokers of a service.
  /// Keys that are missing are added, an account's as well; a service must be there.
  ///
  /// @param projectId of the file's project
  /// @throws UneditableException where that cannot be done exactly
  public static PlanSource.Content add(
      PlanSource.Content file, String projectId, Resource resource, NewEntry entry) {
    return new EntryEdit(file, projectId, resource, "add", entry.principal()).add(entry);
  }

  /// The file with another end and reason of the principal's one entry among the users of an
  /// account or the invokers of a service. An entry that is left with its principal alone loses its
  /// keys, unless all its neighbours have them.
  ///
  /// @param projectId of the file's project
  /// @param entry without an end to remove the one that is there
  /// @throws UneditableException where that cannot be done exactly, or there is not one entry
  public static PlanSource.Content change(
      PlanSource.Content file, String projectId, Resource resource, NewEntry entry) {
    return new EntryEdit(file, projectId, resource, "change", entry.principal()).change(entry);
  }

  /// The file with another name in every entry of the principal on the resource, whose ends and
  /// reasons stay as they are.
  ///
  /// @param projectId of the file's project
  /// @param name as the file is to spell it
  /// @throws UneditableException where that cannot be done exactly
  public static PlanSource.Content rename(
      PlanSource.Content file,
      String projectId,
      Resource resource,
      Principal principal,
      String name) {
    return new EntryEdit(file, projectId, resource, "rename", principal.spelling())
        .rename(principal, name);
  }

  /// The file without any entry of the principal on the resource, be it among its users or invokers
  /// or the members of its bindings.
  ///
  /// @param projectId of the file's project
  /// @throws UneditableException where that cannot be done exactly
  public static PlanSource.Content remove(
      PlanSource.Content file, String projectId, Resource resource, Principal principal) {
    return new EntryEdit(file, projectId, resource, "remove", principal.spelling())
        .remove(principal);
  }
}
