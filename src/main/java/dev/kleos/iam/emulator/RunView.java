package dev.kleos.iam.emulator;

import com.google.api.LaunchStage;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Service;
import java.util.List;

/// A Cloud Run service as the API shows it, which is always ready.
final class RunView {
  private RunView() {}

  /// The fields are **documented**, and the values of those that this world knows nothing of are
  /// **assumed**.
  ///
  /// @param addresses where it is called, the one to be called first
  static Service of(dev.kleos.iam.emulator.Service service, List<String> addresses) {
    var settings = service.settings();
    return Service.newBuilder()
        .setName(service.key())
        .setUid(uid(service))
        .setGeneration(1)
        .setObservedGeneration(1)
        .setLaunchStage(LaunchStage.GA)
        .setIngress(ingress(settings.ingress()))
        .setInvokerIamDisabled(settings.invokerIamDisabled())
        .addAllCustomAudiences(settings.customAudiences())
        .setTerminalCondition(
            Condition.newBuilder().setType("Ready").setState(Condition.State.CONDITION_SUCCEEDED))
        .setUri(addresses.getFirst())
        .addAllUrls(addresses)
        .build();
  }

  private static IngressTraffic ingress(Ingress ingress) {
    return switch (ingress) {
      case ALL -> IngressTraffic.INGRESS_TRAFFIC_ALL;
      case INTERNAL -> IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY;
      case INTERNAL_AND_LOAD_BALANCING -> IngressTraffic.INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER;
    };
  }

  private static String uid(dev.kleos.iam.emulator.Service service) {
    var hex = Ids.hex(service.key()) + Ids.hex(service.key() + "+");
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20, 32));
  }
}
