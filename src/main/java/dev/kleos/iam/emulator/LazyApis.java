package dev.kleos.iam.emulator;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The APIs that are made when they are first called: the tool's usual runs do not call them, and
/// should not wait for their classes.
final class LazyApis extends HandlerRegistry {
  private final Map<String, Supplier<ServerServiceDefinition>> apis = new LinkedHashMap<>();

  /// Adds an API.
  ///
  /// @param service its gRPC service, such as `google.iam.credentials.v1.IAMCredentials`
  LazyApis with(String service, Supplier<ServerServiceDefinition> maker) {
    apis.put(service, Suppliers.memoize(maker));
    return this;
  }

  @Override
  public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
      String method, @Nullable String authority) {
    var api = apis.get(method.substring(0, Math.max(0, method.lastIndexOf('/'))));
    return api == null ? null : api.get().getMethod(method);
  }

  /// All of them, made now.
  List<ServerServiceDefinition> services() {
    return apis.values().stream().map(Supplier::get).toList();
  }
}
