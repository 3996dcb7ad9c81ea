package dev.kleos.iam.google;

import static java.util.stream.Collectors.joining;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.rpc.ErrorInfo;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import dev.kleos.iam.model.Failure;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Google's errors in the words of the port: what happened, and what an admin can do.
final class Errors {
  /// Google's texts about a member that it does not accept; the group is the member or its address.
  /// Source: error texts quoted in public threads.
  private static final Pattern BAD_MEMBER =
      Pattern.compile(
          "(?<kind>Service account|User|Group|Domain) (?<gone>\\S+) does not exist"
              + "|Account (?<mistyped>\\S+) is of type \"[^\"]*\""
              + "|The member (?<unknown>\\S+) is of an unknown type");

  /// The same text about a member of another type than it was written with, where it goes on to say
  /// what to write.
  private static final Pattern WRONG_TYPE =
      Pattern.compile(
          "Account (?:[^\\s:]+:)?(?<address>\\S+) is of type \"[^\"]*\"\\."
              + " Please set the type prefix to be \"(?<prefix>[A-Za-z]{1,30}:)\"");

  /// How Google says that calls are counted for gcloud's own project, or for none.
  private static final Pattern UNPAID =
      Pattern.compile(
          "API requires a quota project"
              + "|has not been used in project (764086051850|32555940559) before");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,200}");

  private Errors() {}

  /// Whether the write was refused because somebody else wrote first: ABORTED mostly, with
  /// FAILED_PRECONDITION (412) where a service says it that way.
  static boolean isStaleEtag(ApiException e) {
    return e.getStatusCode().getCode() == Code.FAILED_PRECONDITION
        && text(e).contains("concurrent policy changes");
  }

  /// What Google answered.
  static CloudException of(ApiException e, Call call) {
    return of(e, call, advice(e, call));
  }

  /// What an emulator in another process answered: the same, but where its world or its operator
  /// can help, not a Google account.
  ///
  /// @param caller whom the emulator takes us for
  static CloudException ofEmulator(ApiException e, Call call, String caller) {
    return of(e, call, EmulatorAdvice.about(e, call, caller).orElseGet(() -> advice(e, call)));
  }

  /// The permission that is missing, where one is; empty for a denial of any other cause.
  static Optional<String> missingPermission(ApiException e, Call call) {
    return reason(e) == Reason.PERMISSION
        ? name(info(e, "permission")).or(() -> Optional.of(call.permission()))
        : Optional.empty();
  }

  private static CloudException of(ApiException e, Call call, String advice) {
    var failure = failure(e, call, advice);
    return switch (e.getStatusCode().getCode()) {
      case NOT_FOUND -> new CloudException.NotFound(failure);
      case ALREADY_EXISTS -> new CloudException.AlreadyExists(failure);
      case PERMISSION_DENIED -> denied(e, failure);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE ->
          new CloudException.Rejected(failure);
      case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, RESOURCE_EXHAUSTED, UNKNOWN ->
          Passing.is(e, call, failure)
              ? new CloudException.Transient(failure, Passing.retryAfter(e))
              : new CloudException.Unavailable(failure);
      case UNAUTHENTICATED, OK, CANCELLED, ABORTED, UNIMPLEMENTED, DATA_LOSS ->
          new CloudException.Unavailable(failure);
    };
  }

  private static String advice(ApiException e, Call call) {
    return switch (e.getStatusCode().getCode()) {
      case NOT_FOUND -> Advice.ifNotFound(call);
      case ALREADY_EXISTS -> "";
      case PERMISSION_DENIED -> denied(e, call);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> Advice.ifRejected(text(e));
      case UNAUTHENTICATED -> Advice.LOG_IN;
      case RESOURCE_EXHAUSTED -> Advice.ifExhausted(text(e));
      case UNAVAILABLE, DEADLINE_EXCEEDED -> Advice.ifUnreachable(e);
      case OK, CANCELLED, UNKNOWN, ABORTED, UNIMPLEMENTED, INTERNAL, DATA_LOSS -> Advice.TRY_AGAIN;
    };
  }

  private static Failure failure(ApiException e, Call call, String advice) {
    var text = text(e).isBlank() ? "Google does not say why." : text(e);
    return new Failure(
        e.getStatusCode().getCode().name(),
        call.resource().name(),
        text,
        advice,
        culprit(text),
        correction(text),
        lacking(e, call));
  }

  private static @Nullable String lacking(ApiException e, Call call) {
    return e.getStatusCode().getCode() == Code.PERMISSION_DENIED
        ? missingPermission(e, call).filter(it -> it.indexOf('.') > 0).orElse(null)
        : null;
  }

  private static @Nullable String culprit(String text) {
    var found = BAD_MEMBER.matcher(beginning(text));
    if (!found.find()) {
      return null;
    }
    var gone = found.group("gone");
    if (gone != null) {
      return gone.contains(":") ? gone : prefix(found.group("kind")) + gone;
    }
    var mistyped = found.group("mistyped");
    return mistyped == null ? found.group("unknown") : mistyped;
  }

  private static String prefix(String kind) {
    return kind.equals("Service account") ? "serviceAccount:" : kind.toLowerCase(Locale.ROOT) + ":";
  }

  private static @Nullable String correction(String text) {
    var found = WRONG_TYPE.matcher(beginning(text));
    return found.find() ? found.group("prefix") + found.group("address") : null;
  }

  /// Where a member is named, if any is; no member that was sent makes a message longer.
  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), 2000));
  }

  private static CloudException denied(ApiException e, Failure failure) {
    var use = use(e);
    return new CloudException.Denied(failure, reason(e), use.api(), use.project());
  }

  /// A denial is not always about a permission of the caller's; the ErrorInfo tells.
  private static String denied(ApiException e, Call call) {
    var project = call.resource().projectId();
    return switch (reason(e)) {
      case API_DISABLED -> Advice.ifDisabled(use(e), project);
      case QUOTA_PROJECT -> Advice.ifQuotaProject(project);
      case PERIMETER -> Advice.IF_PERIMETER;
      case PERMISSION ->
          Advice.ifDenied(call, name(info(e, "permission")).orElse(call.permission()));
    };
  }

  private static Reason reason(ApiException e) {
    if (ApiUse.isGcloudsOwn(info(e, "consumer")) || UNPAID.matcher(text(e)).find()) {
      return Reason.QUOTA_PROJECT;
    }
    return switch (Details.info(e).map(ErrorInfo::getReason).orElse("")) {
      case "SERVICE_DISABLED" -> Reason.API_DISABLED;
      case "USER_PROJECT_DENIED", "CONSUMER_INVALID" -> Reason.QUOTA_PROJECT;
      case "SECURITY_POLICY_VIOLATED" -> Reason.PERIMETER;
      default -> Reason.PERMISSION;
    };
  }

  private static ApiUse use(ApiException e) {
    return ApiUse.of(info(e, "service"), info(e, "consumer"));
  }

  /// What the ErrorInfo says under a key; empty where it says nothing.
  private static String info(ApiException e, String key) {
    return Details.info(e).map(info -> info.getMetadataOrDefault(key, "")).orElse("");
  }

  /// What can be the name of a permission, since it is made a part of advice, and of a command to
  /// copy.
  private static Optional<String> name(String text) {
    return Optional.of(text).filter(it -> NAME.matcher(it).matches());
  }

  /// Google's own words, without the wrapping of the libraries in between.
  private static String text(Throwable e) {
    var deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return Objects.requireNonNullElse(deepest.getMessage(), deepest.toString())
        .replaceFirst("^(io\\.grpc\\.\\w+: )?[A-Z_]+: ", "")
        .replaceFirst("(?is)^\\w* ?(deadline exceeded) after .*", "$1")
        .lines()
        .map(String::strip)
        .collect(joining(" "));
  }
}
