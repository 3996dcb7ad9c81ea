package dev.kleos.iam.planner;

/// How much access may go or be cut short in one run.
///
/// @param percent of a policy's grants of managed roles
/// @param fewest a policy with fewer of them is not measured by the percentage
/// @param count of grants in the run
public record RemovalLimit(int percent, int fewest, int count) {
  /// What nobody has said otherwise. Source: the defaults of octoDNS and Peribolos, which have kept
  /// zones and organizations for years.
  public static final RemovalLimit DEFAULT = new RemovalLimit(25, 10, 20);

  /// For what somebody has asked for by the principal's name.
  public static final RemovalLimit NONE = DEFAULT.withPercent(100).withCount(Integer.MAX_VALUE);

  /// The same with another number for the run.
  public RemovalLimit withCount(int other) {
    return new RemovalLimit(percent, fewest, other);
  }

  /// The same with another part of a policy, however small the policy is.
  public RemovalLimit withPercent(int other) {
    return new RemovalLimit(other, 1, count);
  }

  boolean isExceededBy(int removed) {
    return removed > count;
  }

  boolean isExceededBy(int removed, int held) {
    return held >= fewest && removed * 100L > (long) percent * held;
  }
}
