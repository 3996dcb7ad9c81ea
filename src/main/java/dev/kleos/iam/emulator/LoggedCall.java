package dev.kleos.iam.emulator;

import io.grpc.Status;
import java.util.Optional;

/// A call as the log shows it.
///
/// @param status what it was answered with, named as in `google.rpc.Code`; empty while it is under
///   way
public record LoggedCall(Call call, Optional<Status.Code> status) {}
