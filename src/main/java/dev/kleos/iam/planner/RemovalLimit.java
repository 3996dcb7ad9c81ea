package dev.kleos.iam.planner;

/// How much access may go in one run.
///
/// @param percent of a policy's grants of managed roles; 100 for any part of them
/// @param fewest a policy that holds fewer of them may lose any part
/// @param count of grants in the run
public record RemovalLimit(int percent, int fewest, int count) {
  /// Where nobody has said otherwise. Of a few grants a single one is a large part, so parts count
  /// from ten on. Source: the defaults of octoDNS and Peribolos, which have kept zones and
  /// organizations for years.
  public static final RemovalLimit DEFAULT = new RemovalLimit(25, 10, 20);

  /// At most so many grants, whatever part of a policy they are.
  public static RemovalLimit ofCount(int count) {
    return new RemovalLimit(100, 1, count);
  }

  /// At most such a part of each policy, the smallest too, however many grants they are.
  public static RemovalLimit ofPercent(int percent) {
    return new RemovalLimit(percent, 1, Integer.MAX_VALUE);
  }

  boolean isExceededBy(int removed) {
    return removed > count;
  }

  boolean isExceededBy(int removed, int held) {
    return held >= fewest && removed * 100L > (long) percent * held;
  }
}
