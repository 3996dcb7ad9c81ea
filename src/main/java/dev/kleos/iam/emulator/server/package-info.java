/// The emulator as a server on loopback: REST on one port, gRPC on the next.
///
/// REST is not written a second time. A call is turned into its gRPC request by the
/// `google.api.http` annotations of Google's own protos, made on the emulator inside this process,
/// and its answer turned back. Only what has no proto is written by hand.
@NullMarked
package dev.kleos.iam.emulator.server;

import org.jspecify.annotations.NullMarked;
