package dev.kleos.iam.emulator;

import com.google.api.LaunchStage;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Service;

/// A Cloud Run service as the API shows it: ready, public, and reachable under two addresses.
final class RunView {
  private RunView() {}

  /// Both forms of address are **documented**: the one by hash and the one by project number. Which
  /// of them is `uri`, and the letters of the former, are **assumed**; so are the other fields.
  static Service of(dev.kleos.iam.emulator.Service service, Project project) {
    var hash = Ids.hex(project.number() + "/" + service.region());
    var byHash =
        "https://"
            + service.name()
            + "-"
            + hash.substring(0, 10)
            + "-"
            + regionCode(service.region())
            + ".a.run.app";
    var byNumber =
        "https://" + service.name() + "-" + project.number() + "." + service.region() + ".run.app";
    return Service.newBuilder()
        .setName(service.key())
        .setUid(uid(service))
        .setGeneration(1)
        .setObservedGeneration(1)
        .setLaunchStage(LaunchStage.GA)
        .setIngress(IngressTraffic.INGRESS_TRAFFIC_ALL)
        .setTerminalCondition(
            Condition.newBuilder().setType("Ready").setState(Condition.State.CONDITION_SUCCEEDED))
        .setUri(byHash)
        .addUrls(byNumber)
        .addUrls(byHash)
        .build();
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

  /// The first letters of a region's two words, as in `uc` for `us-central1`.
  private static String regionCode(String region) {
    var words = region.split("-", 3);
    var code = new StringBuilder();
    for (var i = 0; i < Math.min(words.length, 2); i++) {
      code.append(words[i], 0, Math.min(words[i].length(), 1));
    }
    return code.toString();
  }
}
