package dev.kleos.iam.emulator;

import com.google.iam.v1.Binding;
import io.grpc.StatusRuntimeException;

/// Which conditions a binding may have.
final class ConditionRules {
  private static final int MAX_TITLE = 100;
  private static final int MAX_DESCRIPTION = 256;

  private ConditionRules() {}

  /// **Documented**: title and expression are required; a title has 100 characters at most, a
  /// description 256; no condition with a basic role or a public member. The texts are **assumed**.
  ///
  /// The expression must have the form of one. Names and functions may be any: Google has more of
  /// them than there are here.
  ///
  /// @throws StatusRuntimeException when the condition of this binding is refused
  static void check(Binding binding) {
    if (!binding.hasCondition()) {
      return;
    }
    var condition = binding.getCondition();
    if (condition.getTitle().isBlank() || condition.getExpression().isBlank()) {
      throw Errors.invalid("A condition must have a title and an expression.");
    }
    if (length(condition.getTitle()) > MAX_TITLE
        || length(condition.getDescription()) > MAX_DESCRIPTION) {
      throw Errors.invalid(
          "The title of a condition must have at most "
              + MAX_TITLE
              + " characters, its description "
              + MAX_DESCRIPTION
              + ".");
    }
    if (RoleRules.BASIC.contains(binding.getRole())) {
      throw Errors.invalid(
          "Conditions cannot be set on basic roles; " + binding.getRole() + " is one.");
    }
    if (binding.getMembersList().stream().anyMatch(MemberRules.PUBLIC::contains)) {
      throw Errors.invalid("Conditions cannot be set for allUsers or allAuthenticatedUsers.");
    }
    ConditionSyntax.error(condition.getExpression())
        .ifPresent(error -> {
          throw Errors.invalid(
              "The expression of the condition "
                  + condition.getTitle()
                  + " does not parse: "
                  + error);
        });
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
