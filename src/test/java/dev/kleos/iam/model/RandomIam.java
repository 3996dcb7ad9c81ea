package dev.kleos.iam.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Random IAM values from a seed. The pools are small on purpose: what is drawn twice collides, and
/// collisions are where set operations go wrong.
public final class RandomIam {
  /// The instant that the conditions of the pool lie around.
  public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  /// A role of the pool that no account or service manages by itself.
  public static final Role FOREIGN = new Role("roles/iam.serviceAccountAdmin");

  private static final List<String> MEMBERS =
      List.of(
          "user:alice@example.com",
          "user:bob@example.com",
          "user:carol@example.com",
          "group:devs@example.com",
          "domain:example.com",
          "serviceAccount:runner@other.iam.gserviceaccount.com",
          "serviceAccount:kleos-demo.svc.id.goog[ci/runner]",
          "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/S",
          "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
          "serviceAccount:service-123456789012@gcp-sa-x.iam.gserviceaccount.com",
          "deleted:user:dave@example.com?uid=123",
          "deleted:serviceAccount:gone@other.iam.gserviceaccount.com?uid=456");

  private static final List<Condition> CONDITIONS =
      List.of(
          Condition.until(NOW.plusSeconds(3600)),
          Condition.until(NOW.minusSeconds(3600)),
          new Condition("hours", "request.time.getHours(\"UTC\") < 18", ""),
          new Condition("hours", "request.time.getHours(\"UTC\") < 18", "another description"));

  private static final List<Role> ROLES =
      List.of(Role.IMPERSONATION.get(0), Role.IMPERSONATION.get(1), FOREIGN);

  private final Random random;

  public RandomIam(long seed) {
    this.random = new Random(seed);
  }

  /// The seeds that every law is tried with.
  public static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  /// Between none and `bound - 1`.
  public int upTo(int bound) {
    return random.nextInt(bound);
  }

  /// One of the values.
  public <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /// A grant, its principal in some spelling.
  public Grant grant() {
    return new Grant(oneOf(ROLES), principal(), condition());
  }

  /// Some grants, no two of them equal.
  public Set<Grant> grants() {
    return new LinkedHashSet<>(spelledGrants());
  }

  /// Roles of the pool, some or all or none.
  public Set<Role> roles() {
    var roles = new LinkedHashSet<Role>();
    ROLES.stream().filter(_ -> random.nextBoolean()).forEach(roles::add);
    return roles;
  }

  /// A policy, in which one principal may stand in two spellings.
  public AllowPolicy policy() {
    return AllowPolicy.of("BwYk3zP9abc=", spelledGrants());
  }

  private List<Grant> spelledGrants() {
    var grants = new ArrayList<Grant>();
    for (var count = random.nextInt(14); count > 0; count--) {
      grants.add(grant());
    }
    return grants;
  }

  private Principal principal() {
    var member = oneOf(MEMBERS);
    var respelled =
        member.contains("@example.com")
            ? member.replace("@example.com", "@EXAMPLE.com")
            : member.startsWith("domain:")
                ? "domain:" + member.substring(7).toUpperCase(Locale.ROOT)
                : member;
    return Principal.of(random.nextInt(4) == 0 ? respelled : member);
  }

  private @Nullable Condition condition() {
    return random.nextBoolean() ? null : oneOf(CONDITIONS);
  }
}
