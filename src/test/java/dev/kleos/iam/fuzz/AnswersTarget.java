package dev.kleos.iam.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.kleos.iam.cli.OneCloud;
import dev.kleos.iam.google.GoogleCloud;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// What Google answers: a value or an error of the port, in the end; and whatever was read is
/// written back but for those whom a plan names.
///
/// An input is a line for each answer that is not honest: the method, the code of the status, and
/// the bytes in hexadecimal.
final class AnswersTarget implements Target {
  private static final int MOST_BYTES = 1 << 16;

  private static final String PLAN = Stage.PLAN.replace("    unmanaged: remove\n", "");
  private static final Set<String> OURS = Set.of("alice", "bob", "carol", "dora", "kleos-invoker");

  /// Statuses that are waited for; an answer that cannot be parsed is among them.
  private static final Set<Integer> PASSING = Set.of(1, 2, 4, 8, 10, 13, 14);

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("plan", "-v"),
          List.of("plan", "-o", "json"),
          List.of("drift"),
          List.of("apply", "--yes"),
          List.of("apply", "--yes", "-o", "json"),
          List.of("grant", "dora@example.com", "--yes"),
          List.of("grant", "dora@example.com", "--service", "kleos-service", "--yes"));

  private final Path folder;
  private final Map<String, Message> honest;

  /// @param folder of its own
  AnswersTarget(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("kleos-iam.yaml"), Stage.PLAN);
    try (var stage = new Stage(folder, Map.of())) {
      stage.run("apply", "--yes");
      try (var real = new Stage(folder, Stage.withOthers(stage.policies()))) {
        honest = Ports.recorded(real.channel());
      }
    }
  }

  @Override
  public String name() {
    return "answers";
  }

  @Override
  public int cost() {
    return 20;
  }

  @Override
  public byte[] input(Random random) {
    var lines = new StringBuilder();
    var names = honest.keySet().stream().sorted().toList();
    for (var count = 1 + random.nextInt(2); count > 0; count--) {
      var method = names.get(random.nextInt(names.size()));
      var message = honest.getOrDefault(method, Policy.getDefaultInstance());
      var code = random.nextInt(4) == 0 ? 1 + random.nextInt(16) : 0;
      var bytes = code == 0 ? answer(random, message) : status(random, code);
      lines
          .append(method.substring(method.indexOf('/') + 1))
          .append(' ')
          .append(code)
          .append(' ')
          .append(HexFormat.of().formatHex(bytes))
          .append('\n');
    }
    return lines.toString().getBytes(UTF_8);
  }

  private static byte[] answer(Random random, Message honest) {
    var bytes = new MessageMutator(random).mutate(honest).toByteArray();
    return random.nextInt(8) == 0
        ? new Mutator(random, Dictionary.ANY).mutate(List.of(bytes))
        : bytes;
  }

  private static byte[] status(Random random, int code) {
    var info =
        ErrorInfo.newBuilder()
            .setReason("SERVICE_DISABLED")
            .setDomain("googleapis.com")
            .putMetadata("service", "run.googleapis.com")
            .putMetadata("consumer", "projects/1")
            .putMetadata("permission", Dictionary.ANY.get(random.nextInt(20)))
            .build();
    var mutator = new MessageMutator(random);
    var details =
        List.<Message>of(
            info,
            Help.newBuilder().addLinks(Help.Link.newBuilder().setUrl("https://x").build()).build(),
            RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(5))
                .build(),
            QuotaFailure.newBuilder()
                .addViolations(QuotaFailure.Violation.newBuilder().setSubject("s").build())
                .build());
    var status = Status.newBuilder().setCode(code).setMessage("Service account x does not exist.");
    for (var count = random.nextInt(3); count > 0; count--) {
      var detail = details.get(random.nextInt(details.size()));
      status.addDetails(Any.pack(bounded(mutator.mutate(detail), detail)));
    }
    var whole = status.build();
    return bounded(mutator.mutate(whole), whole).toByteArray();
  }

  /// No message is longer than what a gRPC client takes as a header; some would not fit an array.
  private static Message bounded(Message mutated, Message otherwise) {
    var size = mutated.getSerializedSize();
    return size < 0 || size > MOST_BYTES ? otherwise : mutated;
  }

  @Override
  public Verdict run(byte[] input) throws IOException {
    var script = script(input);
    var read = new ConcurrentHashMap<String, Policy>();
    var google = new ScriptedGoogle(script, honest, (resource, it) -> seen(read, resource, it));
    var outcomes = new TreeSet<String>();
    try (var cloud = GoogleCloud.over(nobody().intercept(google))) {
      outcomes.addAll(Ports.call(cloud));
    }
    var isWaitedFor = script.values().stream().anyMatch(it -> PASSING.contains(it.code()));
    if (!isWaitedFor && !outcomes.contains("INTERNAL") && !outcomes.contains("CANCELLED")) {
      var command = COMMANDS.get(Math.floorMod(Arrays.hashCode(input), COMMANDS.size()));
      Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
      read.clear();
      var words = new ArrayList<>(command);
      words.addAll(List.of("--timeout", "1s"));
      var said =
          Stage.run(
              folder,
              new OneCloud(() -> GoogleCloud.over(nobody().intercept(google))),
              words.toArray(String[]::new));
      outcomes.add(command.getFirst() + " " + said.code());
    }
    return new Verdict(outcomes.stream().noneMatch(it -> it.matches("[A-Z_]+")), outcomes);
  }

  private static ManagedChannelBuilder<?> nobody() {
    return InProcessChannelBuilder.forName("nobody").directExecutor();
  }

  private static Map<String, ScriptedGoogle.Answer> script(byte[] input) {
    var script = new TreeMap<String, ScriptedGoogle.Answer>();
    for (var line : new String(input, UTF_8).lines().toList()) {
      var words = line.split(" ", -1);
      script.put(
          words[0],
          new ScriptedGoogle.Answer(
              Integer.parseInt(words[1]), ByteString.copyFrom(HexFormat.of().parseHex(words[2]))));
    }
    return script;
  }

  /// Nobody whom no plan names is left out of a write, and it holds on what was read.
  private static void seen(Map<String, Policy> read, String resource, Message message) {
    switch (message) {
      case Policy policy -> read.put(resource, policy);
      case SetIamPolicyRequest write -> {
        var before = read.getOrDefault(resource, Policy.getDefaultInstance());
        var lost = new HashSet<>(grants(before));
        lost.removeAll(grants(write.getPolicy()));
        if (!lost.isEmpty()
            || !write.getPolicy().getEtag().equals(before.getEtag())
            || write.getPolicy().getEtag().isEmpty()
            || write.getPolicy().getVersion() != 3) {
          throw new AssertionError("a write that loses " + lost + ", or what it holds on");
        }
      }
      default -> {}
    }
  }

  private static Set<Map<String, String>> grants(Policy policy) {
    var grants = new HashSet<Map<String, String>>();
    for (var binding : policy.getBindingsList()) {
      var condition = binding.getCondition();
      for (var member : binding.getMembersList()) {
        if (OURS.stream().noneMatch(member.toLowerCase(Locale.ROOT)::contains)) {
          var grant = new LinkedHashMap<String, String>();
          grant.put("role", binding.getRole());
          grant.put("member", member);
          grant.put("condition", binding.hasCondition() ? "yes" : "no");
          grant.put("title", condition.getTitle());
          grant.put("expression", condition.getExpression());
          grant.put("description", condition.getDescription());
          grants.add(grant);
        }
      }
    }
    return grants;
  }
}
