package dev.kleos.iam.model;

import org.jspecify.annotations.Nullable;

/// A service account, desired or live.
///
/// @param displayName null where a plan does not manage it
/// @param description null where a plan does not manage it
/// @param uniqueId 21 digits; null for an account that is only desired
/// @param disabled whether Google refuses to mint tokens for it; never changed by us
public record ServiceAccount(
    Resource.Account resource,
    @Nullable String displayName,
    @Nullable String description,
    @Nullable String uniqueId,
    boolean disabled) {

  /// An account as a plan asks for it; null for a text that the plan does not manage.
  public static ServiceAccount desired(
      Resource.Account resource, @Nullable String displayName, @Nullable String description) {
    return new ServiceAccount(resource, displayName, description, null, false);
  }

  /// The account as a plan that manages none of its texts asks for it.
  public ServiceAccount withoutTexts() {
    return desired(resource, null, null);
  }

  /// Whether every text that `desired` manages is already so here.
  public boolean satisfies(ServiceAccount desired) {
    return satisfies(displayName, desired.displayName)
        && satisfies(description, desired.description);
  }

  private static boolean satisfies(@Nullable String live, @Nullable String desired) {
    return desired == null || desired.equals(live == null ? "" : live);
  }
}
