package dev.kleos.iam.report;

import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Origin;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.Problem;
import dev.kleos.iam.planner.Doubt;
import dev.kleos.iam.planner.Refusal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How things are said.
final class Phrases {
  private Phrases() {}

  static String name(Resource resource) {
    return switch (resource) {
      case Resource.Account account -> "service account " + account.email();
      case Resource.Service service ->
          "Cloud Run service " + service.serviceId() + " in " + service.region();
      case Resource.Project project -> "project " + project.projectId();
    };
  }

  /// When a grant holds; empty where it always does.
  static String when(@Nullable Condition condition) {
    if (condition == null) {
      return "";
    }
    return condition
        .end()
        .map(end -> "until " + lastMoment(end) + label(condition))
        .orElseGet(() -> "if " + Escape.brief(condition.expression()) + label(condition));
  }

  /// What tells two conditions of one expression apart; ours say no more than when they end.
  private static String label(Condition condition) {
    var ours =
        condition.title().startsWith("kleos-iam until ") && condition.description().isEmpty();
    var title = Escape.brief(condition.title());
    var text =
        condition.description().isEmpty()
            ? title
            : title + ": " + Escape.brief(condition.description());
    return ours ? "" : " (" + text + ")";
  }

  /// The same, with a word where it always does.
  static String whenOrAlways(@Nullable Condition condition) {
    return condition == null ? "always" : when(condition);
  }

  /// Why it may be a slip of the fingers.
  static String doubt(Doubt doubt) {
    return switch (doubt) {
      case Doubt.LikeMember(var principal, var member) ->
          principal + " is nearly " + Escape.brief(member.toString()) + ", who is known here";
      case Doubt.OtherType(var principal, var member) ->
          principal + " is known here as " + Escape.brief(member.toString());
      case Doubt.NewDomain(_, var domain, _) -> "nobody else here is of " + domain;
    };
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String count(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }

  static String count(long number, String noun) {
    return count(number, noun, noun + "s");
  }

  static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  /// What was found, and the plan's line where it is about one.
  static String evidence(Refusal refusal, Origins origins) {
    return origin(refusal, origins)
        .map(at -> " (" + at.file() + ":" + at.line() + ":" + at.column() + ")")
        .map(Escape.brief(refusal.evidence())::concat)
        .orElseGet(() -> Escape.brief(refusal.evidence()));
  }

  private static Optional<Origin> origin(Refusal refusal, Origins origins) {
    return refusal.resource() == null || refusal.about() == null
        ? Optional.empty()
        : origins.of(refusal.resource(), refusal.about());
  }

  static String severity(Problem problem) {
    return switch (problem.severity()) {
      case ERROR -> "error";
      case WARNING -> "warning";
    };
  }

  /// An end at midnight reads better as the day before, which is the last one.
  private static String lastMoment(Instant end) {
    var time = end.atOffset(ZoneOffset.UTC);
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().minusDays(1).toString()
        : end.toString();
  }
}
