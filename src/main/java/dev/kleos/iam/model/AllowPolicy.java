package dev.kleos.iam.model;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// An allow policy: a set of grants at one moment.
///
/// @param etag Google's mark of that moment, base64; empty only for a policy that does not exist
///   yet
/// @param spellings each grant with the live spellings of its principal: Google can hold one
///   address in two spellings, and both are written back
/// @param exemptions how many principals audit logs spare: they stay as they are, and count towards
///   [Limit#PRINCIPALS]
public record AllowPolicy(String etag, Map<Grant, Set<String>> spellings, int exemptions) {
  /// The policy of a resource that does not exist yet: no grants, and no etag to write with.
  public static final AllowPolicy NONE = new AllowPolicy("", Map.of(), 0);

  public AllowPolicy {
    var copy = new LinkedHashMap<Grant, Set<String>>();
    spellings.forEach((grant, members) ->
        copy.put(grant, Collections.unmodifiableSet(new LinkedHashSet<>(members))));
    spellings = Collections.unmodifiableMap(copy);
  }

  /// A policy without exemptions, of grants as they are spelled; several spellings of one grant are
  /// all kept.
  public static AllowPolicy of(String etag, Collection<Grant> spelled) {
    var spellings = new LinkedHashMap<Grant, Set<String>>();
    for (var grant : spelled) {
      spellings
          .computeIfAbsent(grant, _ -> new LinkedHashSet<>(2))
          .add(grant.principal().spelling());
    }
    return new AllowPolicy(etag, spellings, 0);
  }

  /// The grants, in the order in which Google answered.
  public Set<Grant> grants() {
    return spellings.keySet();
  }

  /// The same moment's policy with other grants: those that it holds already keep their live
  /// spellings. A new one is spelled as its principal is in another grant here, else in its own
  /// way: Google can refuse a member in any spelling but the one that it answered with.
  public AllowPolicy withGrants(Collection<Grant> grants) {
    var known = new HashMap<Principal, String>();
    spellings.forEach(
        (grant, members) -> known.putIfAbsent(grant.principal(), members.iterator().next()));
    var next = new LinkedHashMap<Grant, Set<String>>();
    for (var grant : grants) {
      var who = grant.principal();
      var live = spellings.get(grant);
      next.put(grant, live != null ? live : Set.of(known.getOrDefault(who, who.spelling())));
    }
    return new AllowPolicy(etag, next, exemptions);
  }

  /// The same policy, with audit logs that spare so many principals.
  public AllowPolicy withExemptions(int number) {
    return new AllowPolicy(etag, spellings, number);
  }

  /// Whether there is a moment to guard a write with.
  public boolean exists() {
    return !etag.isEmpty();
  }
}
