package dev.kleos.iam.emulator;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A running emulator of Google's IAM APIs, inside this process and without a port.
///
/// Calls run at once, each on a virtual thread of its own; only what touches the world is in
/// sequence.
public final class Emulator implements AutoCloseable {
  /// What calls run on: a virtual thread each.
  public static final Executor THREADS = Thread::startVirtualThread;

  /// Starts on a world that is not kept anywhere.
  public static Emulator start(World world) {
    return start(world, Clock.systemUTC());
  }

  /// Starts on a world that is not kept anywhere.
  ///
  /// @param clock tells when an account is deleted and a token issued, and how long ago that was
  public static Emulator start(World world, Clock clock) {
    return new Emulator(world, clock, () -> {});
  }

  /// Starts on the world in a file. Every change is in the file before its caller hears of it;
  /// where it cannot be saved, the call fails with `DATA_LOSS` and the reason, and nothing is
  /// changed. The emulator owns the file from now on, and releases it when closed.
  public static Emulator start(StateFile file) {
    return new Emulator(file.world(), Clock.systemUTC(), file::close);
  }

  private final World world;
  private final World initial;
  private final ClockAhead clock;
  private final AccessTokens accessTokens;
  private final Access access;
  private final Callers callers;
  private final Addresses addresses = new Addresses();
  private final CallLog calls = new CallLog();
  private final Faults faults;
  private final CallGate gate;
  private final String name = InProcessServerBuilder.generateName();
  private final List<ServerServiceDefinition> services;
  private final LazyApis lazyServices = new LazyApis();
  private final Server server;
  private final Runnable release;

  private Emulator(World world, Clock time, Runnable release) {
    this.world = world;
    this.initial = world.copy();
    this.clock = new ClockAhead(time);
    this.release = release;
    this.accessTokens = new AccessTokens(world, clock);
    this.callers = new Callers(world, clock, accessTokens);
    this.access = new Access(world, clock);
    this.faults = new Faults(world, clock, this::methods);
    this.gate =
        new CallGate(
            calls, callers, new QuotaProjects(world, access), new ConsumedApis(world), faults);
    var permitted = new Permitted(world, access);
    this.services =
        Stream.of(
                new IamAdminApi(world, clock, permitted),
                new RunApi(world, permitted, addresses),
                new ProjectsApi(world, permitted))
            .map(api -> ServerInterceptors.intercept(api, gate))
            .toList();
    lazyServices
        .with(
            "google.iam.credentials.v1.IAMCredentials",
            () ->
                ServerInterceptors.intercept(
                    new CredentialsApi(world, clock, accessTokens, access), gate))
        .with(
            "google.api.serviceusage.v1.ServiceUsage",
            () -> ServerInterceptors.intercept(new ServiceUsageApi(world, permitted), gate));
    this.server =
        InProcessServerBuilder.forName(name)
            .executor(THREADS)
            .addServices(services)
            .fallbackHandlerRegistry(lazyServices)
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the emulator did not start", e);
    }
  }

  /// A fresh channel to this emulator. The caller shuts it down.
  public ManagedChannel newChannel() {
    return channelBuilder().build();
  }

  /// What leads to this emulator, for a client that builds its own channel.
  public ManagedChannelBuilder<?> channelBuilder() {
    return InProcessChannelBuilder.forName(name).executor(THREADS);
  }

  /// The services that the emulator has, for a server that offers them to other processes.
  public List<ServerServiceDefinition> services() {
    return Stream.concat(services.stream(), lazyServices.services().stream()).toList();
  }

  /// From now on services say that they are called below an address, and are to be called there by
  /// [#frontEnd()].
  ///
  /// @param base where a server has the emulator, such as `http://127.0.0.1:8085`; null where it is
  ///   called by Google's own addresses alone
  public void publishedAt(@Nullable URI base) {
    addresses.publishedAt(base);
  }

  /// What the emulator knows, to set the scene or to look behind the API.
  public World world() {
    return world;
  }

  /// Who is calling, as an `authorization` header or metadata says: `operator`, an e-mail, a
  /// `principal://…`, or `unknown`. What is in the header itself is to be shown nowhere: it may be
  /// somebody's real token.
  ///
  /// @param authorization such as `Bearer alice@example.com`; null without one
  public String callerOf(@Nullable String authorization) {
    return callers.of(authorization);
  }

  /// What Google's token endpoints do, for a server that offers them to other processes.
  public TokenEndpoint tokenEndpoint() {
    return new TokenEndpoint(world, clock, accessTokens);
  }

  /// Where a server has published the emulator; empty where none has.
  public Optional<URI> published() {
    return addresses.base();
  }

  /// The public keys of ID tokens, as a JSON Web Key Set: what Google has at
  /// `https://www.googleapis.com/oauth2/v3/certs`. The first call, or the first ID token, takes its
  /// time: it makes the key.
  public String idTokenKeys() {
    return SigningKey.publicKeys();
  }

  /// What leads to the Cloud Run services: requests to their addresses are answered here, whether
  /// they came to a server or not. No [CallHook] hears of them.
  public FrontEnd frontEnd() {
    var visitors = new Visitors(world, new IdTokenCheck(clock));
    return new FrontEnd(world, addresses, visitors, access, calls);
  }

  /// Makes the world what it was when the emulator was started, in one step that calls see whole or
  /// not at all, and forgets the calls so far. Policies that it changes get etags that nobody has
  /// seen. What was in a state file at the start is in it again.
  ///
  /// @throws StateFileException when that cannot be saved; nothing is changed then
  public void reset() {
    world.becomeAgain(initial);
    calls.clear();
  }

  /// From now on, who may do what follows from each policy as it was this long ago: grants take
  /// effect late, and so does their removal. What the world holds now is in force, and what a
  /// [#reset] brings back is so at once. Policies are read as they are.
  ///
  /// @param delay by the clock of the emulator; zero for none
  public void delayPropagation(Duration delay) {
    world.read(() -> {
      world.policies.enforceLate(clock, delay);
      return delay;
    });
  }

  /// From now on every call of an API is answered so much later, as over a network. Calls do not
  /// wait for each other; services that are called, and requests for tokens, do not wait at all.
  public void delayAnswers(Duration latency) {
    gate.delay(latency);
  }

  /// From now on calls beyond a quota are refused, as Google refuses them; nothing is counted so
  /// far.
  public void enforce(RateQuota quota) {
    gate.limit(new RateLimits(quota, clock));
  }

  /// What goes wrong from now on; nothing so far. A [#reset] leaves it as it is.
  public Faults faults() {
    return faults;
  }

  /// Puts the emulator's clock forward: what conditions, tokens, quotas, deletions and whatever
  /// takes effect late go by. A [#reset] leaves it as it is.
  ///
  /// @throws IllegalArgumentException where that is back, or beyond the year 9999
  public void advanceClock(Duration by) {
    clock.advance(by);
  }

  /// What time it is at the emulator.
  public Instant now() {
    return clock.instant();
  }

  /// From now on a Cloud Run service takes ID tokens for this, too; the world key
  /// `customAudiences`.
  ///
  /// @param service `projects/P/locations/L/services/S`
  /// @throws java.util.NoSuchElementException when this world has no such service
  public void addAudience(String service, String audience) {
    world.write(() -> {
      var changed = world.services.get(service).orElseThrow().alsoFor(audience);
      world.services.put(service, changed);
      return changed;
    });
  }

  /// The calls that reached the emulator so far.
  public CallLog calls() {
    return calls;
  }

  /// From now on runs `hook` before each call, in place of the one before.
  public void onCall(CallHook hook) {
    gate.hook(hook);
  }

  /// Shuts down at once, whatever calls are under way, and releases the state file. A change that
  /// is not saved by now fails.
  @Override
  public void close() {
    server.shutdownNow();
    release.run();
  }

  private Set<String> methods() {
    return services().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(method -> method.getMethodDescriptor().getFullMethodName())
        .collect(toUnmodifiableSet());
  }
}
