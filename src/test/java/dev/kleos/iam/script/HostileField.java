package dev.kleos.iam.script;

import com.google.cloud.resourcemanager.v3.Project;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.Service;
import com.google.iam.admin.v1.ListServiceAccountsResponse;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.type.Expr;
import dev.kleos.iam.script.HostileGoogle.Plan;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// A field of Google's answers, and how the hostile texts get into it: all of them into one answer
/// where it holds a list, else one each into the answers about one resource of many.
@SuppressWarnings("ImmutableEnumChecker") // Functions without a state.
enum HostileField {
  MEMBER(policy("GetIamPolicy", text -> bound("roles/run.invoker", text)), "plan drift apply"),
  GROUP(policy("GetIamPolicy", text -> bound("roles/run.viewer", "group:" + text)), "revoke"),
  ROLE(policy("GetIamPolicy", text -> bound(text, "user:bob@example.com")), "revoke"),
  CONDITION_TITLE(condition(Expr.Builder::setTitle), "plan drift apply"),
  CONDITION_EXPRESSION(condition(Expr.Builder::setExpression), "plan drift apply"),
  CONDITION_DESCRIPTION(condition(Expr.Builder::setDescription), "plan drift apply"),
  CONDITION_LOCATION(condition(Expr.Builder::setLocation), ""),
  STORED_MEMBER(policy("SetIamPolicy", text -> bound("roles/run.invoker", text)), "apply grant"),
  STORED_ROLE(policy("SetIamPolicy", text -> bound(text, "user:mallory@example.com")), ""),
  ETAG(
      Plan.ONE,
      (method, answer) ->
          answer instanceof Policy policy
              ? policy.toBuilder()
                  .setEtag(ByteString.copyFromUtf8(String.join("", HostileTexts.all())))
                  .build()
              : answer,
      "",
      Set.of("plan", "drift")),
  DISPLAY_NAME(account(ServiceAccount.Builder::setDisplayName), ""),
  DESCRIPTION(account(ServiceAccount.Builder::setDescription), ""),
  UNIQUE_ID(account(ServiceAccount.Builder::setUniqueId), ""),
  ACCOUNT_NAME(account(ServiceAccount.Builder::setName), ""),
  ACCOUNT_EMAIL(account(ServiceAccount.Builder::setEmail), ""),
  LISTED_EMAIL(listedAccounts((account, text) -> account.setEmail(text)), ""),
  LISTED_DESCRIPTION(
      listedAccounts((account, text) -> account.setDescription("Kleos invoker " + text)), ""),
  LISTED_SERVICE(
      Plan.GONE,
      (_, answer) ->
          answer instanceof ListServicesResponse
              ? ListServicesResponse.newBuilder().addAllServices(nearlyOurs()).build()
              : answer,
      "",
      Set.of("plan", "drift", "apply")),
  SERVICE_URL(
      Plan.ONE,
      (_, answer) ->
          answer instanceof Service service
              ? service.toBuilder().setUri(String.join("", HostileTexts.all())).build()
              : answer,
      "",
      Set.of("grant")),
  PROJECT_NUMBER(
      Plan.PROJECTS,
      (_, answer) ->
          answer instanceof Project project
              ? project.toBuilder()
                  .setName("projects/" + HostileTexts.of(project.getProjectId()))
                  .build()
              : answer,
      "plan drift apply",
      Set.of("plan", "drift", "apply"));

  private final Plan plan;
  private final BiFunction<String, Message, Message> forgery;
  private final Set<String> told;
  private final Set<String> commands;

  HostileField(Forged forged, String told) {
    this(forged.plan(), forged.forgery(), told, forged.commands());
  }

  /// @param plan the kind of plan that asks for it
  /// @param forgery the answer of a method, forged
  /// @param told the commands whose JSON repeats every text
  /// @param commands those that ask for it
  HostileField(
      Plan plan, BiFunction<String, Message, Message> forgery, String told, Set<String> commands) {
    this.plan = plan;
    this.forgery = forgery;
    this.told = Set.of(told.split(" "));
    this.commands = commands;
  }

  Plan plan() {
    return plan;
  }

  Set<String> commands() {
    return commands;
  }

  boolean isTold(String command) {
    return told.contains(command);
  }

  Message forge(String method, Message answer) {
    return forgery.apply(method, answer);
  }

  private static Forged policy(String method, Function<String, Binding.Builder> binding) {
    return new Forged(
        Plan.ONE,
        (called, answer) -> {
          if (!called.equals(method) || !(answer instanceof Policy policy)) {
            return answer;
          }
          var forged = policy.toBuilder();
          HostileTexts.all().forEach(text -> forged.addBindings(binding.apply(text)));
          return forged.build();
        },
        Set.of("plan", "drift", "apply", "grant", "revoke"));
  }

  private static Forged condition(BiFunction<Expr.Builder, String, Expr.Builder> field) {
    return policy(
        "GetIamPolicy",
        text ->
            bound("roles/run.invoker", "user:mallory@example.com")
                .setCondition(
                    field.apply(Expr.newBuilder().setTitle("t").setExpression("true"), text)));
  }

  private static Binding.Builder bound(String role, String member) {
    return Binding.newBuilder().setRole(role).addMembers(member);
  }

  private static Forged account(
      BiFunction<ServiceAccount.Builder, String, ServiceAccount.Builder> field) {
    return new Forged(
        Plan.ACCOUNTS,
        (_, answer) ->
            answer instanceof ServiceAccount account
                ? field.apply(account.toBuilder(), HostileTexts.of(account.getEmail())).build()
                : answer,
        Set.of("plan", "drift", "apply"));
  }

  private static Forged listedAccounts(
      BiFunction<ServiceAccount.Builder, String, ServiceAccount.Builder> field) {
    return new Forged(
        Plan.NONE,
        (_, answer) -> {
          if (!(answer instanceof ListServiceAccountsResponse)) {
            return answer;
          }
          var forged = ListServiceAccountsResponse.newBuilder();
          for (var text : HostileTexts.all()) {
            var account =
                ServiceAccount.newBuilder()
                    .setEmail("x@kleos-demo.iam.gserviceaccount.com")
                    .setDescription("Kleos invoker");
            forged.addAccounts(field.apply(account, text));
          }
          return forged.build();
        },
        Set.of("grant", "revoke"));
  }

  /// A name that is far from ours is suggested to nobody.
  private static List<Service> nearlyOurs() {
    BinaryOperator<String> ours = (from, to) -> "kleos-service".replace(from, to);
    return List.of(ours.apply("-", "\u001b["), ours.apply("s-", "\n::"), ours.apply("-", "```"))
        .stream()
        .map(name -> "projects/kleos-demo/locations/us-central1/services/" + name)
        .map(name -> Service.newBuilder().setName(name).build())
        .toList();
  }

  private record Forged(
      Plan plan, BiFunction<String, Message, Message> forgery, Set<String> commands) {}
}
