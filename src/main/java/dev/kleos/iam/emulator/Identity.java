package dev.kleos.iam.emulator;

/// Who makes a call, as far as permissions go.
sealed interface Identity {

  /// Whoever runs the emulator, who may do everything.
  record Operator() implements Identity {}

  /// Nobody in particular: a request without a credential, to the front end of a service.
  record Anonymous() implements Identity {}

  /// A person, by an address.
  record Person(String email) implements Identity {}

  /// A live, enabled service account of this world.
  record ServiceAccount(Account account) implements Identity {}

  /// Somebody whom a pool of identities knows.
  ///
  /// @param principal such as `principal://iam.googleapis.com/…/subject/alice`
  record Federated(String principal) implements Identity {}
}
