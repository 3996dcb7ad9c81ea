package dev.kleos.iam.record;

import dev.kleos.iam.applier.Journal.Intent;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Random changes and outcomes from a seed, each kind among them.
public final class RandomRun {
  static final Resource.Account ACCOUNT = Resource.Account.inProject("example.com:p", "invoker");

  private static final List<Resource> RESOURCES =
      List.of(
          ACCOUNT,
          new Resource.Service("kleos-demo", "us-central1", "kleos-service"),
          new Resource.Project("kleos-demo"));

  private static final List<String> TEXTS =
      List.of(
          "", "plain", "\"quoted\" \\ <b>&amp;</b>", "ünï 漢 \u2028 \u0000 \ud83d\ude00", "\n\t");

  private final RandomIam random;

  public RandomRun(long seed) {
    this.random = new RandomIam(seed);
  }

  public Change change() {
    return switch (random.upTo(4)) {
      case 0 -> new CreateServiceAccount(account().withoutTexts());
      case 1 -> new UpdateServiceAccount(account(), account());
      default -> modify();
    };
  }

  ModifyPolicy modify() {
    var policy = random.upTo(5) == 0 ? AllowPolicy.NONE : policy();
    return new ModifyPolicy(
        random.oneOf(RESOURCES), policy, GrantDiff.between(policy.grants(), random.grants()));
  }

  Optional<Intent> intent() {
    return random.upTo(4) == 0
        ? Optional.empty()
        : Optional.of(new Intent(change(), random.oneOf(List.of("", "BwYk3zP9abc="))));
  }

  public Outcome outcome() {
    return switch (random.upTo(8)) {
      case 0 -> new Outcome.Applied(1 + random.upTo(5));
      case 1 -> new Outcome.AlreadyInEffect(random.upTo(2) == 0);
      case 2 -> new Outcome.Skipped(ACCOUNT);
      case 3 -> new Outcome.Failed(failure());
      case 4 -> {
        var failures = new ArrayList<Failure>();
        for (var count = 1 + random.upTo(3); count > 0; count--) {
          failures.add(failure());
        }
        yield new Outcome.Partly(
            failures, GrantDiff.between(random.grants(), random.grants()), outcome());
      }
      case 5 -> new Outcome.Stopped();
      case 6 -> new Outcome.Contended(1 + random.upTo(5));
      default -> new Outcome.Rewritten(random.grants(), random.grants());
    };
  }

  private AllowPolicy policy() {
    return random.policy().withExemptions(random.upTo(3));
  }

  private ServiceAccount account() {
    return new ServiceAccount(
        ACCOUNT,
        random.upTo(3) == 0 ? null : random.oneOf(TEXTS),
        random.upTo(3) == 0 ? null : random.oneOf(TEXTS),
        random.upTo(2) == 0 ? null : "100000000000000000001",
        random.upTo(2) == 0);
  }

  private Failure failure() {
    return new Failure(
        "ABORTED",
        ACCOUNT.name(),
        random.oneOf(TEXTS),
        random.oneOf(TEXTS),
        random.upTo(2) == 0 ? null : "user:x@example.com",
        random.upTo(2) == 0 ? null : "group:x@example.com",
        random.upTo(2) == 0 ? null : "iam.serviceAccounts.setIamPolicy");
  }
}
