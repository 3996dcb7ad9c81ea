package dev.kleos.iam.emulator;

import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The service of IAM Credentials, which is made when it is first called: the tool's own runs do
/// not call it, and should not wait for its classes.
final class LazyCredentials extends HandlerRegistry {
  private static final String METHODS = "google.iam.credentials.v1.IAMCredentials/";

  private final Supplier<ServerServiceDefinition> maker;
  private @Nullable ServerServiceDefinition service;

  LazyCredentials(Supplier<ServerServiceDefinition> maker) {
    this.maker = maker;
  }

  @Override
  public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
      String method, @Nullable String authority) {
    return method.startsWith(METHODS) ? service().getMethod(method) : null;
  }

  synchronized ServerServiceDefinition service() {
    if (service == null) {
      service = maker.get();
    }
    return service;
  }
}
