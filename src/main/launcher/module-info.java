/// The program and all its libraries as one module, which is what its own runtime is linked of.
/// Only the distribution is built as a module; what a library's jar would say of its services is
/// said here.
open module dev.kleos.iam {
  requires java.logging;
  requires java.management;
  requires java.naming;
  requires java.net.http;
  requires jdk.httpserver;
  requires jdk.management;
  requires jdk.unsupported;

  uses com.google.auth.http.HttpTransportFactory;
  uses io.grpc.LoadBalancerProvider;
  uses io.grpc.ManagedChannelProvider;
  uses io.grpc.NameResolverProvider;
  uses io.grpc.ServerProvider;
  uses org.threeten.bp.chrono.Chronology;
  uses org.threeten.bp.zone.ZoneRulesProvider;

  provides io.grpc.LoadBalancerProvider with
      io.grpc.internal.PickFirstLoadBalancerProvider,
      io.grpc.util.SecretRoundRobinLoadBalancerProvider.Provider,
      io.grpc.util.OutlierDetectionLoadBalancerProvider;
  provides io.grpc.ManagedChannelProvider with
      io.grpc.okhttp.OkHttpChannelProvider;
  provides io.grpc.NameResolverProvider with
      io.grpc.internal.DnsNameResolverProvider;
  provides io.grpc.ServerProvider with
      io.grpc.okhttp.OkHttpServerProvider;
  provides org.threeten.bp.zone.ZoneRulesProvider with
      org.threeten.bp.zone.TzdbZoneRulesProvider;
}
