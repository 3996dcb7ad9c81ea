package dev.kleos.iam.emulator;

/// A project of this world.
///
/// @param id such as `kleos-demo`, or `example.com:kleos` for a domain-scoped one
/// @param number decimal digits
record Project(String id, String number) {
  String key() {
    return "projects/" + id;
  }
}
