package dev.kleos.iam.simulation;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Role;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A grant as Google keeps it, to the letter. It knows by itself which spellings are one principal:
/// with the program's own rule, one mistake would fool both.
record Line(String role, String member, @Nullable Condition condition) {
  private static final Set<String> ADDRESSES = Set.of("user", "group", "serviceAccount", "domain");

  static Line of(Grant grant) {
    return new Line(grant.role().name(), grant.principal().spelling(), grant.condition());
  }

  /// What a policy holds, a line for each spelling.
  static Set<Line> of(AllowPolicy policy) {
    var lines = new LinkedHashSet<Line>();
    policy
        .spellings()
        .forEach((grant, members) ->
            members.forEach(
                member -> lines.add(new Line(grant.role().name(), member, grant.condition()))));
    return lines;
  }

  static Set<Line> keys(Collection<Line> lines) {
    var keys = new LinkedHashSet<Line>();
    lines.forEach(line -> keys.add(line.key()));
    return keys;
  }

  static Set<Line> keysOf(Collection<Grant> grants) {
    var keys = new LinkedHashSet<Line>();
    grants.forEach(grant -> keys.add(of(grant).key()));
    return keys;
  }

  /// The same for everybody who is the same.
  Line key() {
    var key = key(member);
    return key.equals(member) ? this : new Line(role, key, condition);
  }

  static String key(String member) {
    var colon = member.indexOf(':');
    var type = colon < 0 ? "" : member.substring(0, colon);
    if (type.equals("deleted")) {
      return "deleted:" + key(member.substring(colon + 1));
    }
    return ADDRESSES.contains(type)
        ? type + member.substring(colon).toLowerCase(Locale.ROOT)
        : member;
  }

  /// Whether it is nobody's to take away: a trace of the deleted, or a service of Google's.
  boolean isProtected() {
    return member.startsWith("deleted:") || member.contains("@gcp-sa-");
  }

  Line with(String other) {
    return new Line(role, other, condition);
  }

  Line with(@Nullable Condition other) {
    return new Line(role, member, other);
  }

  Grant grant() {
    return new Grant(new Role(role), Principal.of(member), condition);
  }

  @Override
  public String toString() {
    return role.substring(role.lastIndexOf('/') + 1)
        + " "
        + member
        + (condition == null ? "" : " if " + condition.title());
  }
}
