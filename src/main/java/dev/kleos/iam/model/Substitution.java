package dev.kleos.iam.model;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Two names of one identity: Google stores the primary address for an alias, of a user, a group or
/// a domain.
///
/// @param sent the name that was written
/// @param stored the name that Google holds instead
public record Substitution(Principal sent, Principal stored) {
  /// The pairs that leave no doubt: of one type, with the same grants, and no others are. One that
  /// had some of the grants already turns up with the others only.
  static List<Substitution> among(Collection<Grant> missing, Collection<Grant> unexpected) {
    var gone = terms(missing);
    var come = terms(unexpected);
    var pairs = new ArrayList<Substitution>();
    pair(gone, come, Set::equals, pairs);
    pair(gone, come, Set::containsAll, pairs);
    return pairs;
  }

  /// Pairs of those who are as many on both sides, of one type and with the same grants.
  static List<Substitution> inAnyOrder(Collection<Grant> missing, Collection<Grant> unexpected) {
    var come = alike(unexpected);
    var pairs = new ArrayList<Substitution>();
    alike(missing)
        .forEach((likeness, sent) -> {
          var stored = come.getOrDefault(likeness, List.of());
          for (var i = 0; i < sent.size() && sent.size() == stored.size(); i++) {
            pairs.add(new Substitution(sent.get(i), stored.get(i)));
          }
        });
    return pairs;
  }

  private static Map<Object, List<Principal>> alike(Collection<Grant> grants) {
    var alike = new LinkedHashMap<Object, List<Principal>>();
    terms(grants)
        .forEach((who, its) ->
            alike.computeIfAbsent(List.of(who.type(), its), _ -> new ArrayList<>()).add(who));
    return alike;
  }

  /// Takes the pairs that fit out of both sides.
  private static void pair(
      Map<Principal, Set<Terms>> gone,
      Map<Principal, Set<Terms>> come,
      BiPredicate<Set<Terms>, Set<Terms>> fits,
      List<Substitution> pairs) {
    var found = new ArrayList<Substitution>();
    gone.forEach((sent, its) ->
        come.forEach((stored, theirs) -> {
          if (sent.type().equals(stored.type()) && fits.test(its, theirs)) {
            found.add(new Substitution(sent, stored));
          }
        }));
    for (var pair : found) {
      if (found.stream().filter(pair::overlaps).count() == 1) {
        pairs.add(pair);
        gone.remove(pair.sent);
        come.remove(pair.stored);
      }
    }
  }

  private boolean overlaps(Substitution other) {
    return sent.equals(other.sent) || stored.equals(other.stored);
  }

  private static Map<Principal, Set<Terms>> terms(Collection<Grant> grants) {
    return grants.stream()
        .collect(
            groupingBy(
                Grant::principal,
                TreeMap::new,
                mapping(grant -> new Terms(grant.role(), grant.condition()), toSet())));
  }

  private record Terms(Role role, @Nullable Condition condition) {}
}
