package dev.kleos.iam.simulation;

/// What is called.
enum Op {
  FIND,
  LIST,
  NUMBER,
  CREATE,
  UPDATE,
  READ,
  WRITE;

  boolean isWrite() {
    return this == CREATE || this == UPDATE || this == WRITE;
  }
}
