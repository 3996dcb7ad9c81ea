package dev.kleos.iam.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.End;
import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanSources;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.planfile.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Granting and revoking with real plan files, on a fresh emulator.
final class Onboarding implements AutoCloseable {
  static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker:
          users:
            - user:alice@example.com
            - principal: user:bob@example.com
              until: 2027-12-31
      services:
        kleos-service:
          invokers: [kleos-invoker]
      """;
  static final Resource.Account ACCOUNT = Resource.Account.inProject("kleos-demo", "kleos-invoker");
  private static final InstantSource CLOCK = InstantSource.fixed(RandomIam.NOW);

  final Demo demo = new Demo();
  final Answers yes = new Answers();
  private final Path folder;

  Onboarding(Path folder) {
    this.folder = folder;
  }

  /// A folder with a plan that is in effect.
  static Onboarding of(Path folder, String plan) throws InterruptedException {
    var onboarding = new Onboarding(folder);
    onboarding.write(plan);
    onboarding.demo.apply(onboarding.files().compile(RandomIam.NOW).desired());
    onboarding.demo.emulator.calls().clear();
    return onboarding;
  }

  void write(String text) {
    try {
      Files.write(folder.resolve("kleos-iam.yaml"), text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    try {
      return Files.readString(folder.resolve("kleos-iam.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PlanFiles files() {
    return new PlanFiles(PlanSources.find(folder, List.of()), Settings.NONE);
  }

  AccessChange grant(String who) throws InterruptedException {
    return grant(who, null, false);
  }

  AccessChange grant(String who, @Nullable String until, boolean replace)
      throws InterruptedException {
    return grant(List.of(who), until, replace);
  }

  AccessChange grant(List<String> all, @Nullable String until, boolean replace)
      throws InterruptedException {
    var files = files();
    var plan = files.compile(RandomIam.NOW);
    var end = until == null ? null : End.parse(until, RandomIam.NOW);
    var who = all.stream().map(text -> PrincipalArgument.parse(text, plan)).toList();
    var request = new GrantRequest(ACCOUNT, who, end, null, replace, true);
    return new GrantAccess(
            Demo.preview(demo.cloud), demo.applier(), new PlanFileWriter(folder), CLOCK)
        .run(request, files, yes);
  }

  RevokeAccess.Result revoke(String who) throws InterruptedException {
    return revoke(who, null);
  }

  RevokeAccess.Result revoke(String who, @Nullable Resource only) throws InterruptedException {
    return revoke(who, only, null);
  }

  RevokeAccess.Result revoke(String who, @Nullable Resource only, Resource.@Nullable Account beside)
      throws InterruptedException {
    var files = files();
    var principal = PrincipalArgument.parse(who, files.compile(RandomIam.NOW)).principal();
    return new RevokeAccess(
            demo.cloud, Progress.NONE, demo.applier(), new PlanFileWriter(folder), CLOCK)
        .run(new RevokeRequest(Set.of(principal), only, beside, Set.of(), true), files, yes);
  }

  /// Stores a policy in which these grants are, and no others.
  void live(Resource resource, Grant... grants) {
    var policies = demo.cloud.policies();
    policies.compareAndSet(resource, policies.read(resource).withGrants(List.of(grants)));
    demo.emulator.calls().clear();
  }

  /// Who is in the policy.
  Set<String> members(Resource resource) {
    var members = new TreeSet<String>();
    demo.cloud.policies().read(resource).grants().stream()
        .map(Grant::principal)
        .map(Principal::spelling)
        .forEach(members::add);
    return members;
  }

  @Override
  public void close() {
    demo.close();
  }

  /// Says yes; remembers what it was shown and asked, and does something before it answers.
  static final class Answers implements AccessChange.Dialogue {
    final List<Proposal> shown = new ArrayList<>();
    final List<Proposal> asked = new ArrayList<>();
    Runnable meanwhile = () -> {};
    boolean answer = true;

    @Override
    public void show(Proposal proposal) {
      shown.add(proposal);
    }

    @Override
    public boolean isGiven(Proposal proposal) {
      asked.add(proposal);
      meanwhile.run();
      return answer;
    }
  }
}
