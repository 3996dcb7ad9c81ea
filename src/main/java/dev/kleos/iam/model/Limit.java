package dev.kleos.iam.model;

/// How large Google lets an allow policy grow. Source: "Quotas and limits" in Google's IAM
/// documentation; what counts how is from there too.
public enum Limit {
  /// Members, every occurrence, those that are exempt from audit logs too.
  PRINCIPALS(1500),
  /// Groups, each once, and domains, every occurrence.
  GROUPS(250),
  /// Different conditions under which one principal has one role.
  VARIANTS(20),
  /// `&&`, `||` and `!` in one condition.
  OPERATORS(12);

  private static final int NEAR_PERCENT = 80;

  private final int most;

  Limit(int most) {
    this.most = most;
  }

  /// The largest number that Google accepts.
  public int most() {
    return most;
  }

  /// Whether so many are more than Google accepts.
  public boolean isExceededBy(int used) {
    return used > most;
  }

  /// Whether so many leave less than a fifth.
  public boolean isNear(int used) {
    return used * 100 >= NEAR_PERCENT * most;
  }
}
