package dev.kleos.iam.simulation;

/// What can go wrong with a call.
enum Fault {
  QUOTA("429"),
  QUOTA_WITH_A_WAIT("429 with RetryInfo"),
  INTERNAL("500"),
  UNAVAILABLE("503"),
  SILENCE("no answer for 10 s, and never arrived"),
  LOST_ANSWER("done, but the answer is lost"),
  LATE("done only after the caller has given up"),
  SLOW("slow"),
  STALE("stale read"),
  CONFLICT("409 for nothing"),
  FLAP("new account now seen, now not"),
  REFUSED("member refused"),
  ALIAS("stored under another name"),
  DISK_FULL("disk full");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
