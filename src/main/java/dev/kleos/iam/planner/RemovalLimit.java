package dev.kleos.iam.planner;

/// How much access may go in one run.
///
/// @param percent of a policy's grants of managed roles, where it holds at least [#FEWEST]; 100 for
///   any part of them
/// @param count of grants in the run
public record RemovalLimit(int percent, int count) {
  /// What nobody has said otherwise. Source: the defaults of octoDNS and Peribolos, which have kept
  /// zones and organizations for years.
  public static final RemovalLimit DEFAULT = new RemovalLimit(25, 20);

  /// A policy with fewer grants is never too small for one of them to go.
  static final int FEWEST = 10;

  /// At most so many grants, whatever part of a policy they are.
  public static RemovalLimit ofCount(int count) {
    return new RemovalLimit(100, count);
  }

  /// At most such a part of each policy, however many grants they are.
  public static RemovalLimit ofPercent(int percent) {
    return new RemovalLimit(percent, Integer.MAX_VALUE);
  }

  boolean isExceededBy(int removed) {
    return removed > count;
  }

  boolean isExceededBy(int removed, int held) {
    return held >= FEWEST && removed * 100L > (long) percent * held;
  }
}
