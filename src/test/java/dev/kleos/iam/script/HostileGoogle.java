package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.Message;
import dev.kleos.iam.cli.CommandLines;
import dev.kleos.iam.cli.OneCloud;
import dev.kleos.iam.cli.Unattended;
import dev.kleos.iam.emulator.CallHook;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Google as somebody sees it who does not trust it: an emulator whose answers are forged on their
/// way.
///
/// @param folder where the plan files are
/// @param hook throws the errors
/// @param forgery the answer of a method, forged
record HostileGoogle(Path folder, CallHook hook, BiFunction<String, Message, Message> forgery) {
  private static final String SERVICE =
      "projects/kleos-demo/locations/us-central1/services/kleos-service";

  /// A service with bob, where the plan wants alice too; or as many services, accounts or projects
  /// as there are texts; or nothing.
  enum Plan {
    ONE,
    GONE,
    SERVICES,
    ACCOUNTS,
    PROJECTS,
    NONE
  }

  /// What a command prints on both of its streams.
  String run(Plan plan, List<String> args) throws IOException {
    write(plan);
    var printed = new ByteArrayOutputStream();
    try (var emulator = Emulator.start(world(plan))) {
      emulator.onCall(hook);
      var clouds =
          new OneCloud(() -> GoogleCloud.over(emulator.channelBuilder().intercept(forger())));
      CommandLines.run(
          Unattended.in(folder, clouds, printed, printed), args.toArray(String[]::new));
    }
    return printed.toString(UTF_8);
  }

  private static World world(Plan plan) {
    var world = World.empty();
    world.ensureProject("kleos-demo");
    switch (plan) {
      case ONE -> {
        world.ensureService("kleos-demo", "us-central1", "kleos-service");
        var bob =
            Binding.newBuilder().setRole("roles/run.invoker").addMembers("user:bob@example.com");
        world.putPolicy(SERVICE, Policy.newBuilder().addBindings(bob).build());
      }
      case SERVICES ->
          numbers("s-%02d").forEach(id -> world.ensureService("kleos-demo", "us-central1", id));
      case ACCOUNTS ->
          numbers("account-%02d@kleos-demo.iam.gserviceaccount.com")
              .forEach(email -> world.ensureAccount("kleos-demo", email));
      case PROJECTS -> numbers("project-%02d").forEach(world::ensureProject);
      case GONE, NONE -> {}
    }
    return world;
  }

  private void write(Plan plan) throws IOException {
    var head = "version: 1\nproject: kleos-demo\nregion: us-central1\n";
    var file = folder.resolve("kleos-iam.yaml");
    switch (plan) {
      case ONE, GONE ->
          Files.writeString(
              file,
              head
                  + "services:\n  kleos-service:\n    invokers:\n"
                  + "      - user:alice@example.com\n      - user:bob@example.com\n");
      case SERVICES ->
          Files.writeString(
              file,
              head
                  + "services:\n"
                  + each("  s-%02d: {invokers: [user:alice@example.com, user:bob@example.com]}\n"));
      case ACCOUNTS ->
          Files.writeString(
              file,
              head
                  + "serviceAccounts:\n"
                  + each("  account-%02d: {displayName: Ours, description: Ours}\n"));
      case PROJECTS -> {
        Files.deleteIfExists(file);
        Files.createDirectories(folder.resolve("plans"));
        for (var number = 0; number < HostileTexts.all().size(); number++) {
          Files.writeString(
              folder.resolve("plans/%02d.yaml".formatted(number)),
              "version: 1\nproject: project-%02d\nexpectedProjectNumber: 1\n".formatted(number));
        }
      }
      case NONE -> Files.writeString(file, head);
    }
  }

  private static String each(String line) {
    return numbers(line).collect(joining());
  }

  private static Stream<String> numbers(String format) {
    IntFunction<String> numbered = format::formatted;
    return IntStream.range(0, HostileTexts.all().size()).mapToObj(numbered);
  }

  private ClientInterceptor forger() {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            super.start(
                forging(Objects.requireNonNull(method.getBareMethodName()), listener), headers);
          }
        };
      }
    };
  }

  private <A> ClientCall.Listener<A> forging(String method, ClientCall.Listener<A> listener) {
    return new SimpleForwardingClientCallListener<>(listener) {
      @Override
      @SuppressWarnings("unchecked") // A forged answer is of the type of the honest one.
      public void onMessage(A message) {
        super.onMessage((A) forgery.apply(method, (Message) message));
      }
    };
  }
}
