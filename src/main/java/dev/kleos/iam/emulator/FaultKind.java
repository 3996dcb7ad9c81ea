package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import java.time.Duration;
import java.util.Optional;

/// What a fault does to a call.
public sealed interface FaultKind {

  /// The call is refused, and nothing is done.
  ///
  /// @param code any but `OK`
  /// @param message empty for one that says where it comes from
  /// @param retryDelay what Google asks to wait, in the detail `RetryInfo`
  record Status(Code code, String message, Optional<Duration> retryDelay) implements FaultKind {
    public Status {
      if (code == Code.OK || code == Code.UNRECOGNIZED) {
        throw new IllegalArgumentException("no error: " + code);
      }
    }

    /// A refusal of which no more is said.
    public Status(Code code) {
      this(code, "", Optional.empty());
    }
  }

  /// A write of a policy is refused in Google's words for a stale etag, whatever etag it carries.
  record Conflict() implements FaultKind {}

  /// The call takes so much longer. Other calls do not wait for it.
  record Latency(Duration time) implements FaultKind {}

  /// The call is carried out, and what it changes is saved; its caller hears `UNAVAILABLE`, and
  /// over REST nothing at all.
  record AnswerLost() implements FaultKind {}

  /// Nothing is done, and the caller's connection ends without an answer, with whatever other calls
  /// are under way on it. In this process, where there is none, the caller hears `UNAVAILABLE`.
  record ConnectionCut() implements FaultKind {}

  /// A read of a policy is answered with what the policy was before its last write, etag and all
  /// (**documented**: reads are eventually consistent). Only of writes since the fault was added.
  ///
  /// @param time how long after a write; empty for ever
  record StaleReads(Optional<Duration> time) implements FaultKind {}

  /// Of the calls about an account that was created since the fault was added, every second finds
  /// that it is not there (**recorded**): GetServiceAccount, PatchServiceAccount and calls for its
  /// policy by turns with 404 and 403, a policy that names it with 400.
  ///
  /// @param time how long after the creation; empty for ever
  record FlappingAccounts(Optional<Duration> time) implements FaultKind {}

  /// A list has no more entries than this on its page, and a token for the next page where there
  /// are more (**documented**: a page may be shorter than asked for).
  ///
  /// @param entries also none
  record ShortPage(int entries) implements FaultKind {
    public ShortPage {
      if (entries < 0) {
        throw new IllegalArgumentException("fewer than no entries: " + entries);
      }
    }
  }
}
