package dev.kleos.iam.cloud;

/// A connection to Google, or to what stands in for it.
public interface Cloud extends AutoCloseable {
  /// Its service accounts.
  Accounts accounts();

  /// Its allow policies.
  Policies policies();

  /// Its projects and services.
  Catalog catalog();

  /// What the caller may do.
  Permissions permissions();

  /// Tokens of its service accounts.
  Tokens tokens();

  /// The services themselves.
  Endpoints endpoints();

  /// The same cloud for whom a token is for. It counts its calls here, and is closed on its own.
  ///
  /// @param accessToken of [Tokens#accessToken]
  Cloud as(Token accessToken);

  /// The same cloud, but that it sleeps by this timer wherever it has to wait.
  default Cloud waitingBy(Timer timer) {
    return this;
  }

  /// Who makes the calls; asks nobody.
  Caller caller();

  /// How many calls went over the wire so far, retries included.
  ApiCalls calls();

  @Override
  void close();
}
