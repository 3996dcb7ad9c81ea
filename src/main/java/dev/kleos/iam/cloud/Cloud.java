package dev.kleos.iam.cloud;

/// A connection to Google, or to what stands in for it.
public interface Cloud extends AutoCloseable {
  /// Its service accounts.
  Accounts accounts();

  /// Its allow policies.
  Policies policies();

  /// Its projects and services.
  Catalog catalog();

  /// Who makes the calls; asks nobody.
  Caller caller();

  /// How many calls went over the wire so far, retries included.
  ApiCalls calls();

  @Override
  void close();
}
