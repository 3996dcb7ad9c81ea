package dev.kleos.iam.planner;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Similar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Who is a member already, and whom a newcomer is held against. One pass over the members for each
/// newcomer, linear in the length of their addresses: a policy has at most 1,500 of them.
final class Acquaintances {
  private final Set<Principal> members;
  private final List<Address> addresses;

  /// The domains of service accounts (true) and of everybody else (false): people work with
  /// accounts of other domains than their own, so neither tells of the other.
  private final Map<Boolean, Set<String>> domains;

  Acquaintances(Collection<Principal> members) {
    this.members = new LinkedHashSet<>(members);
    this.addresses = this.members.stream().map(Address::of).flatMap(Optional::stream).toList();
    this.domains =
        addresses.stream()
            .filter(address -> address.domain().isPresent())
            .collect(
                groupingBy(
                    Address::isServiceAccount,
                    mapping(
                        address -> address.domain().orElseThrow(),
                        toCollection(LinkedHashSet::new))));
  }

  /// What speaks for a slip. A domain is not doubted where a member's address explains it: one
  /// thing is said once.
  Stream<Doubt> doubtsAbout(Principal newcomer) {
    return members.contains(newcomer)
        ? Stream.empty()
        : Address.of(newcomer).stream().flatMap(this::doubtsAbout);
  }

  private Stream<Doubt> doubtsAbout(Address newcomer) {
    var doubts = new ArrayList<Doubt>();
    first(newcomer::isOfOtherType)
        .map(member -> new Doubt.OtherType(newcomer.principal(), member))
        .ifPresent(doubts::add);
    first(newcomer::isOneEditFrom)
        .map(member -> new Doubt.LikeMember(newcomer.principal(), member))
        .ifPresent(doubts::add);
    return doubts.isEmpty() ? newDomain(newcomer).stream() : doubts.stream();
  }

  private Optional<Principal> first(Predicate<Address> like) {
    return addresses.stream().filter(like).map(Address::principal).findFirst();
  }

  private Optional<Doubt> newDomain(Address address) {
    var known = domains.getOrDefault(address.isServiceAccount(), Set.of());
    return address
        .domain()
        .filter(domain -> !known.isEmpty() && !known.contains(domain))
        .map(domain ->
            new Doubt.NewDomain(
                address.principal(),
                domain,
                Similar.nearest(Address.name(domain), known, Address::name)));
  }
}
