package dev.kleos.iam;

/// The program's entry point.
public final class Main {
  private Main() {}

  /// Runs.
  public static void main(String[] args) {
    System.out.println("x");
  }
}
