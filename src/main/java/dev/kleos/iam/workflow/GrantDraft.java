package dev.kleos.iam.workflow;

import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.End;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origin;
import dev.kleos.iam.planfile.PlanEditor;
import dev.kleos.iam.planfile.PlanEditor.NewEntry;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanKey;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.planner.Narrowing;
import dev.kleos.iam.planner.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a grant comes to in the plan files. Computed from the files alone, so that it can be
/// computed anew where a file has changed meanwhile.
///
/// @param members everyone whom the plan names, without the edit
/// @param named the principals whose entry says already on what terms they have access
/// @param plan the plan with the edit
/// @param edit of one file; empty where no line changes
/// @param desired what the edited plan asks for the principals, and nothing else
/// @param refusals where access would end earlier than it does
/// @param edited the principals whose entry changes
/// @param kept entries whose end stays
/// @param renewed entries that have ended, and will have no end
record GrantDraft(
    Set<Principal> members,
    Set<Principal> named,
    CompiledPlan plan,
    Optional<FileEdit> edit,
    DesiredState desired,
    List<Refusal> refusals,
    Set<Principal> edited,
    List<PlanEntry> kept,
    List<PlanEntry> renewed) {

  /// The draft of a request.
  ///
  /// @throws PlanUsageException where it cannot be told which file or line is to be edited
  /// @throws dev.kleos.iam.planfile.UneditableException where the file resists
  static GrantDraft of(GrantRequest request, PlanFiles files, Instant now) {
    return new Drafting(request, files, now).draft();
  }

  /// Whether another draft, of files that were edited meanwhile, is as good as this one for
  /// somebody who has approved it: it asks for the same, and changes as many lines or none.
  boolean isLike(GrantDraft other) {
    return other.plan.isValid()
        && other.refusals.isEmpty()
        && other.desired.equals(desired)
        && (other.edit.isEmpty() || shape(other).equals(shape(this)));
  }

  private static List<List<Integer>> shape(GrantDraft draft) {
    return draft.edit.stream()
        .flatMap(edit -> edit.hunks().stream())
        .map(hunk -> List.of(hunk.removed().size(), hunk.added().size()))
        .toList();
  }

  private static final class Drafting {
    private final GrantRequest request;
    private final PlanFiles original;
    private final CompiledPlan plan;
    private final Instant now;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<PlanEntry> kept = new ArrayList<>();
    private final List<PlanEntry> renewed = new ArrayList<>();
    private final Set<Principal> changed = new HashSet<>();
    private final Set<Principal> named = new HashSet<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private PlanFiles files;

    Drafting(GrantRequest request, PlanFiles files, Instant now) {
      this.request = request;
      this.original = files;
      this.files = files;
      this.now = now;
      this.plan = files.compile(now);
    }

    GrantDraft draft() {
      for (var argument : request.principals()) {
        entryOf(argument).ifPresentOrElse(entry -> change(argument, entry), () -> add(argument));
      }
      if (touched.size() > 1) {
        throw new PlanUsageException(
            "that would edit several files: "
                + String.join(", ", touched)
                + "; grant one after the other");
      }
      var edited = files.compile(now);
      refuseToTakeOver(edited);
      return new GrantDraft(
          plan.origins().entries().stream()
              .map(PlanEntry::principal)
              .collect(toCollection(LinkedHashSet::new)),
          named,
          edited,
          touched.stream()
              .map(file -> new FileEdit(original.content(file), files.content(file)))
              .findFirst(),
          new Narrowing(request.resource(), request.who()).applyTo(edited.desired()),
          refusals,
          changed,
          kept,
          renewed);
    }

    /// An account that the plan has not had so far comes with whatever its file says about
    /// unmanaged grants, and nobody should lose access because somebody else gets it.
    private void refuseToTakeOver(CompiledPlan edited) {
      var removes =
          edited.desired().policies().stream()
              .anyMatch(policy ->
                  policy.resource().equals(request.resource())
                      && policy.unmanaged() == Unmanaged.REMOVE);
      if (removes && plan.origins().keys(request.resource()).isEmpty()) {
        throw new PlanUsageException(
            "the plan says \"unmanaged: remove\" and does not have "
                + request.resource().name()
                + " yet: with this entry alone, the next apply would end everybody else's access to"
                + " it; write it with all its users into the plan file");
      }
    }

    private Optional<PlanEntry> entryOf(PrincipalArgument argument) {
      var entries =
          plan.origins().entries(request.resource(), argument.principal()).stream()
              .filter(entry -> !entry.inBinding())
              .toList();
      if (entries.size() > 1) {
        throw new PlanUsageException(
            argument.principal()
                + " stands there more than once: "
                + places(entries.stream().map(PlanEntry::origin).toList())
                + "; keep one of these lines");
      }
      return entries.stream().findFirst();
    }

    private void add(PrincipalArgument argument) {
      if (argument.principal().isPublic() && request.resource() instanceof Resource.Account) {
        throw new PlanUsageException(
            "everyone on the internet could act as "
                + request.resource().name()
                + "; name the people or a group");
      }
      var file = fileToAddTo();
      take(
          argument,
          PlanEditor.add(
              files.content(file),
              project(file),
              request.resource(),
              entry(argument, request.end())));
    }

    private void change(PrincipalArgument argument, PlanEntry entry) {
      var hasEnded = entry.until() != null && entry.until().condition().hasEnded(now);
      if (!hasEnded) {
        named.add(argument.principal());
      } else if (request.end() == null) {
        renewed.add(entry);
      }
      var terms = Terms.of(condition(entry.until()), request.condition(), now);
      if (terms == Terms.SHORTER && !request.replace()) {
        refusals.add(
            Shortening.refusal(
                request,
                argument.principal(),
                condition(entry.until()),
                request.condition(),
                place(entry.origin())));
        return;
      }
      var keepsEnd = terms == Terms.UNSAID && !request.replace();
      if (keepsEnd) {
        kept.add(entry);
      }
      var end = keepsEnd || terms == Terms.SAME ? entry.until() : request.end();
      var file = entry.origin().file();
      take(
          argument,
          PlanEditor.change(
              files.content(file), project(file), request.resource(), entry(argument, end)));
    }

    /// Goes on from a file with another line for the principal, if it is another.
    private void take(PrincipalArgument argument, PlanSource.Content edited) {
      if (!new FileEdit(files.content(edited.name()), edited).isEmpty()) {
        touched.add(edited.name());
        changed.add(argument.principal());
        files = files.with(edited);
      }
    }

    private NewEntry entry(PrincipalArgument argument, @Nullable End end) {
      return new NewEntry(
          argument.spelling(), end == null ? null : end.spelling(), request.reason());
    }

    /// The one file that has the resource; of a resource that none has, the one file there is.
    private String fileToAddTo() {
      var keys = plan.origins().keys(request.resource());
      if (keys.size() == 1) {
        return keys.getFirst().origin().file();
      }
      if (keys.size() > 1) {
        throw new PlanUsageException(
            "several files have "
                + request.resource().name()
                + ": "
                + places(keys.stream().map(PlanKey::origin).toList())
                + "; name one with -f");
      }
      var names = List.copyOf(plan.origins().projects().keySet());
      if (names.size() > 1) {
        throw new PlanUsageException(
            "no file has "
                + request.resource().name()
                + ", so it may go into any: "
                + String.join(", ", names)
                + "; name one with -f");
      }
      return names.getFirst();
    }

    private String project(String file) {
      return plan.origins().projects().getOrDefault(file, request.resource().projectId());
    }
  }

  private static @Nullable Condition condition(@Nullable End end) {
    return end == null ? null : end.condition();
  }

  private static String place(Origin origin) {
    return origin.file() + ":" + origin.line();
  }

  private static String places(List<Origin> origins) {
    return String.join(", ", origins.stream().map(GrantDraft::place).toList());
  }
}
