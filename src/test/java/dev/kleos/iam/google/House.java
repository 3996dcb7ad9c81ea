package dev.kleos.iam.google;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.List;

/// What the ports can lead to: project `kleos-demo` with one service, and a way in behind its back.
interface House extends AutoCloseable {
  Resource.Service SERVICE = new Resource.Service("kleos-demo", "us-central1", "kleos-service");

  Cloud cloud();

  /// A rival's write, not checked.
  void rivalPuts(Resource resource, Grant... grants);

  /// From now on Google stores another address for this one.
  void alias(String alias, String address);

  @Override
  void close();

  /// The kinds of house.
  enum Kind {
    FAKE {
      @Override
      House open() {
        return new Fake(FakeCloud.of("kleos-demo").with(SERVICE));
      }
    },
    GOOGLE_ON_EMULATOR {
      @Override
      House open() {
        var emulator = Emulator.start(World.demo());
        return new OnEmulator(emulator, GoogleCloud.over(emulator.channelBuilder()));
      }
    };

    abstract House open();
  }

  /// The hand-written one.
  record Fake(FakeCloud cloud) implements House {
    @Override
    public void rivalPuts(Resource resource, Grant... grants) {
      cloud.put(resource, grants);
    }

    @Override
    public void alias(String alias, String address) {
      cloud.storesAs(grant ->
          grant.principal().value().equalsIgnoreCase(alias)
              ? new Grant(
                  grant.role(),
                  Principal.of(grant.principal().type() + ":" + address),
                  grant.condition())
              : grant);
    }

    @Override
    public void close() {
      cloud.close();
    }
  }

  /// Google's client libraries.
  record OnEmulator(Emulator emulator, GoogleCloud cloud) implements House {
    @Override
    public void rivalPuts(Resource resource, Grant... grants) {
      emulator
          .world()
          .putPolicy(resource.name(), PolicyWire.wire(AllowPolicy.of("", List.of(grants))));
    }

    @Override
    public void alias(String alias, String address) {
      emulator.world().alias(alias, address);
    }

    @Override
    public void close() {
      cloud.close();
      emulator.close();
    }
  }
}
