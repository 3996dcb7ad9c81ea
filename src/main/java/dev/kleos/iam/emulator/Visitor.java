package dev.kleos.iam.emulator;

import java.util.Optional;

/// Who calls a Cloud Run service.
sealed interface Visitor {

  /// What the log of calls says.
  String name();

  /// Somebody who does not say who it is.
  record Anonymous() implements Visitor {
    @Override
    public String name() {
      return "anonymous";
    }
  }

  /// Somebody with a token that is not taken.
  record Unverified() implements Visitor {
    @Override
    public String name() {
      return Callers.UNKNOWN;
    }
  }

  /// Somebody with a token that holds, of an account that is disabled or gone since: nobody who
  /// could be granted anything (**assumed**).
  record Gone() implements Visitor {
    @Override
    public String name() {
      return Callers.UNKNOWN;
    }
  }

  /// Somebody with a token that holds.
  ///
  /// @param email the claim; empty for a token without it
  /// @param subject the claim `sub`
  record Known(Identity identity, String name, Optional<String> email, String subject)
      implements Visitor {}
}
