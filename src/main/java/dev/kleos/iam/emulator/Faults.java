package dev.kleos.iam.emulator;

import com.google.common.base.Supplier;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// What goes wrong at an emulator, in the order in which it was added. A call meets the first fault
/// that is due, which the others then do not see, and every latency besides. There is no chance in
/// it: the same calls in the same order meet the same faults.
///
/// Calls meet faults once they are admitted: logged, counted by quotas, their callers made out.
/// Requests for tokens and to services that are called meet none.
public final class Faults {

  /// A fault, and what has become of it.
  ///
  /// @param left how many calls it will still meet; empty for all
  /// @param injected how many it has met
  public record State(Fault fault, OptionalLong left, long injected) {}

  /// What a call meets.
  record Met(Duration latency, Effect effect) {
    static final Met NOTHING = new Met(Duration.ZERO, Effect.NONE);
  }

  private final World world;
  private final Clock clock;
  private final Supplier<Set<String>> methods;
  private volatile List<ArmedFault> armed = List.of();

  /// @param methods the full names of all there are
  Faults(World world, Clock clock, Supplier<Set<String>> methods) {
    this.world = world;
    this.clock = clock;
    this.methods = methods;
  }

  /// Adds one behind all others.
  ///
  /// @throws IllegalArgumentException where it is for a method that the emulator does not have
  public void add(Fault fault) {
    if (!isMethod(fault.method())) {
      throw new IllegalArgumentException("no method of the emulator: " + fault.method());
    }
    add(List.of(fault));
  }

  /// Adds those in a file, in the format of the package's comment.
  ///
  /// @throws UnreadableException where it cannot be read, or is not of the format; nothing is added
  ///   then
  public void addFrom(Path file) {
    add(new FaultReader(this::isMethod, file.toString()).read(file));
  }

  /// Adds those in a text, in the format of the package's comment.
  ///
  /// @param source what the text is called in complaints
  /// @throws UnreadableException where it is not of the format; nothing is added then
  public void addFrom(byte[] text, String source) {
    add(new FaultReader(this::isMethod, source).read(text));
  }

  /// Those that were added, also those that are over.
  public List<State> states() {
    return world.read(() -> armed.stream().map(ArmedFault::state).toList());
  }

  /// Ends and forgets all of them.
  public void clear() {
    world.read(() -> {
      armed.forEach(ArmedFault::end);
      armed = List.of();
      return armed;
    });
  }

  /// What a call that is about to run meets.
  ///
  /// @param request its message
  Met meet(Call call, Object request) {
    return armed.isEmpty() ? Met.NOTHING : world.read(() -> met(call, request));
  }

  /// Told that an account was created by a call.
  void created(String uniqueId) {
    world.read(() -> {
      armed.forEach(fault -> fault.created(uniqueId));
      return uniqueId;
    });
  }

  private Met met(Call call, Object request) {
    var canonical = canonical(call.resource());
    var latency = Duration.ZERO;
    var effect = Effect.NONE;
    for (var fault : armed) {
      if (effect instanceof Effect.None || fault.isLatency()) {
        var done = fault.meet(call, canonical, request).orElse(Effect.NONE);
        if (done instanceof Effect.Delay(var time)) {
          latency = latency.plus(time);
        } else if (!(done instanceof Effect.None)) {
          effect = done;
        }
      }
    }
    return new Met(latency, effect);
  }

  private void add(List<Fault> faults) {
    world.read(() -> {
      var more = new ArrayList<>(armed);
      faults.forEach(fault -> more.add(new ArmedFault(fault, world, clock)));
      armed = List.copyOf(more);
      return armed;
    });
  }

  private boolean isMethod(String name) {
    return methods.get().stream().anyMatch(new Glob(name)::matchesMethod);
  }

  /// A resource as the emulator spells it; as it is where there is none.
  private String canonical(String resource) {
    return ResourceName.parse(resource)
        .flatMap(name ->
            name instanceof ResourceName.OfAccount account
                ? world.account(account).map(Account::name)
                : world.key(name))
        .orElse(resource);
  }
}
