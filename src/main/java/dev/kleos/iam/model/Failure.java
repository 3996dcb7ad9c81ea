package dev.kleos.iam.model;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why Google refused or did not answer, in an admin's words.
///
/// @param code the canonical code, e.g. `PERMISSION_DENIED`
/// @param resource the resource name that the call was about; empty where it was about none
/// @param message what happened, with Google's own words where they help
/// @param advice what to do about it; may be empty
/// @param culprit the member, or its address alone, that Google names as not acceptable; null where
///   it names none
/// @param correction that member as Google wants it spelled, e.g. `group:staff@example.com`; null
///   where it does not say
/// @param permission what the caller lacks on the resource; null where it is not for want of one
public record Failure(
    String code,
    String resource,
    String message,
    String advice,
    @Nullable String culprit,
    @Nullable String correction,
    @Nullable String permission) {

  /// The code where nobody knows what became of something.
  public static final String UNKNOWN = "UNKNOWN";

  /// Codes that leave open whether what was asked for was done.
  private static final Set<String> OPEN =
      Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "CANCELLED", UNKNOWN);

  /// A failure that is not for want of a permission.
  public Failure(
      String code,
      String resource,
      String message,
      String advice,
      @Nullable String culprit,
      @Nullable String correction) {
    this(code, resource, message, advice, culprit, correction, null);
  }

  /// A failure that no single member is to blame for.
  public static Failure of(String code, String resource, String message, String advice) {
    return new Failure(code, resource, message, advice, null, null);
  }

  /// The same failure with other advice.
  public Failure withAdvice(String other) {
    return new Failure(code, resource, message, other, culprit, correction, permission);
  }

  /// Whether it leaves open if what was asked for was done.
  public boolean isOpen() {
    return OPEN.contains(code);
  }

  /// The same failure, but that it leaves that open.
  public Failure leavingOpen() {
    return isOpen()
        ? this
        : new Failure(UNKNOWN, resource, message, advice, culprit, correction, permission);
  }

  /// The same failure with a sentence more of what happened.
  public Failure withSentence(String sentence) {
    var isEnded = message.isEmpty() || ".!?:".indexOf(message.charAt(message.length() - 1)) >= 0;
    var more = message + (isEnded ? "" : ".") + (message.isEmpty() ? "" : " ") + sentence;
    return new Failure(code, resource, more, advice, culprit, correction, permission);
  }

  /// Which of the principals Google blames.
  public Optional<Principal> culpritAmong(Collection<Principal> principals) {
    return principals.stream().filter(this::blames).findFirst();
  }

  /// An address alone can be anybody's who has it, but for the one that Google wants instead.
  private boolean blames(Principal principal) {
    return culprit != null
        && !principal.spelling().equalsIgnoreCase(correction)
        && (principal.spelling().equalsIgnoreCase(culprit)
            || principal.value().equalsIgnoreCase(culprit));
  }
}
