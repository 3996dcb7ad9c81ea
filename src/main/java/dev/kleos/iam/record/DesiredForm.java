package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.Unmanaged;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What plan files ask for as it is kept, each grant with the line that asks for it.
final class DesiredForm {
  private DesiredForm() {}

  /// The field `desired`, inside an object that the caller opened.
  static void write(
      JsonWriter json, DesiredState desired, Map<Resource, Map<Grant.Assignment, PlanLine>> lines)
      throws IOException {
    json.name("desired").beginObject();
    json.name("accounts").beginArray();
    for (var account : desired.accounts()) {
      json.beginObject().name("resource").value(account.resource().name());
      ChangeForm.account(json, account);
      json.endObject();
    }
    json.endArray();
    json.name("policies").beginArray();
    for (var policy : desired.policies()) {
      write(json, policy, lines.getOrDefault(policy.resource(), Map.of()));
    }
    json.endArray();
    json.name("projectNumbers").beginArray();
    for (var number : desired.projectNumbers().entrySet()) {
      json.beginObject();
      json.name("project").value(number.getKey());
      json.name("number").value(number.getValue());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  /// @param lines told where each role of each principal is asked for
  static DesiredState read(Fields fields, Map<Resource, Map<Grant.Assignment, PlanLine>> lines) {
    var numbers = new LinkedHashMap<String, String>();
    fields.objects(
        "projectNumbers", entry -> numbers.put(entry.text("project"), entry.text("number")));
    return new DesiredState(
        fields.objects(
            "accounts", entry -> ChangeForm.account(entry, ChangeForm.resource(entry), entry)),
        fields.objects(
            "policies",
            entry -> {
              var ofPolicy = new HashMap<Grant.Assignment, PlanLine>();
              var policy = policy(entry, ofPolicy);
              lines.put(policy.resource(), ofPolicy);
              return policy;
            }),
        numbers);
  }

  private static void write(
      JsonWriter json, DesiredPolicy policy, Map<Grant.Assignment, PlanLine> lines)
      throws IOException {
    json.beginObject().name("resource").value(policy.resource().name());
    json.name("unmanaged").value(policy.unmanaged().name().toLowerCase(Locale.ROOT));
    json.name("managedRoles").beginArray();
    for (var role : policy.managedRoles()) {
      json.value(role.name());
    }
    json.endArray();
    json.name("grants").beginArray();
    for (var grant : policy.grants()) {
      json.beginObject();
      new ChangeJson(json, Locator.NOWHERE).grant(grant);
      var allowance = policy.allowances().get(grant);
      if (allowance != null) {
        json.name("allow").value(allowance.spelling());
      }
      write(json, lines.get(grant.assignment()));
      json.endObject();
    }
    json.endArray();
    json.name("ended").beginArray();
    for (var ended : policy.ended()) {
      json.beginObject();
      new ChangeJson(json, Locator.NOWHERE).grant(Grant.of(ended.role(), ended.principal()));
      write(json, lines.get(ended));
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void write(JsonWriter json, @Nullable PlanLine line) throws IOException {
    if (line != null) {
      line.write(json);
    }
  }

  private static DesiredPolicy policy(Fields fields, Map<Grant.Assignment, PlanLine> lines) {
    var allowances = new LinkedHashMap<Grant, Allowance>();
    var grants = new LinkedHashSet<Grant>();
    fields.objects(
        "grants",
        entry -> {
          var grant = grant(entry, lines);
          entry.optionalText("allow").ifPresent(_ -> allowances.put(grant, allowance(entry)));
          return grants.add(grant);
        });
    var ended = new LinkedHashSet<Grant.Assignment>();
    fields.objects("ended", entry -> ended.add(grant(entry, lines).assignment()));
    return new DesiredPolicy(
        ChangeForm.resource(fields),
        grants,
        allowances,
        roles(fields),
        ended,
        fields.understood(
            "unmanaged",
            "is none that is known",
            () -> Unmanaged.valueOf(fields.text("unmanaged").toUpperCase(Locale.ROOT))));
  }

  private static Grant grant(Fields entry, Map<Grant.Assignment, PlanLine> lines) {
    var grant = GrantForm.grant(entry);
    PlanLine.read(entry).ifPresent(line -> lines.put(grant.assignment(), line));
    return grant;
  }

  private static Set<Role> roles(Fields fields) {
    var roles = new LinkedHashSet<Role>();
    for (var name : fields.texts("managedRoles")) {
      roles.add(
          fields.understood("managedRoles", "has a role without a name", () -> new Role(name)));
    }
    return roles;
  }

  private static Allowance allowance(Fields entry) {
    for (var allowance : Allowance.values()) {
      if (allowance.spelling().equals(entry.text("allow"))) {
        return allowance;
      }
    }
    throw entry.wrong("allow", "is none that is known");
  }
}
