package dev.kleos.iam.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every call that the program can make of Google.
final class Ports {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "kleos-invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");
  private static final ServiceAccount DESIRED = ServiceAccount.desired(ACCOUNT, "x", "y");

  private Ports() {}

  /// Makes all of them; whatever is thrown but the ports' own errors is a finding.
  ///
  /// @return the codes of those errors
  static Set<String> call(Cloud cloud) {
    var codes = new TreeSet<String>();
    var calls =
        List.<Runnable>of(
            () -> write(cloud, ACCOUNT),
            () -> write(cloud, SERVICE),
            () -> write(cloud, PROJECT),
            () -> cloud.accounts().find(ACCOUNT),
            () -> cloud.accounts().list("kleos-demo"),
            () -> cloud.accounts().create(DESIRED),
            () -> cloud.accounts().update(DESIRED),
            () -> cloud.catalog().projectNumber(PROJECT),
            () -> cloud.catalog().services("kleos-demo", "us-central1"),
            () -> cloud.catalog().service(SERVICE),
            () -> cloud.catalog().isEnabled(PROJECT, "run.googleapis.com"),
            () -> cloud.catalog().permissions(new Role("roles/run.invoker")),
            () -> cloud.permissions().held(ACCOUNT, Set.of("iam.serviceAccounts.actAs")),
            () -> cloud.permissions().held(SERVICE, Set.of("run.routes.invoke")),
            () -> cloud.permissions().held(PROJECT, Set.of("resourcemanager.projects.get")),
            () -> cloud.tokens().idToken(ACCOUNT, List.of(), "https://x.run.app"),
            () -> cloud.tokens().accessToken(ACCOUNT, List.of()));
    for (var call : calls) {
      try {
        call.run();
      } catch (CloudException e) {
        codes.add(e.failure().code());
      }
    }
    return codes;
  }

  private static void write(Cloud cloud, Resource resource) {
    var policy = cloud.policies().read(resource);
    var grant =
        new Grant(new Role("roles/run.invoker"), Principal.of("user:alice@example.com"), null);
    var grants = new LinkedHashSet<>(policy.grants());
    grants.add(grant);
    cloud.policies().compareAndSet(resource, policy.withGrants(grants));
  }

  /// What is answered to each method, by its full name.
  static Map<String, Message> recorded(ManagedChannelBuilder<?> google) {
    var answers = new TreeMap<String, Message>();
    try (var cloud = GoogleCloud.over(google.intercept(recorder(answers)))) {
      call(cloud);
    }
    answers.replaceAll((_, answer) -> timeless(answer));
    return answers;
  }

  /// Without what the clock has a part in.
  private static Message timeless(Message answer) {
    var builder = answer.toBuilder();
    for (var field : answer.getAllFields().keySet()) {
      switch (field.getName()) {
        case "token", "access_token" -> builder.setField(field, "a-token");
        case "expire_time", "update_time", "create_time" -> builder.clearField(field);
        case "etag" ->
            builder.setField(
                field,
                field.getJavaType() == FieldDescriptor.JavaType.STRING
                    ? "BwYk3zP9abc="
                    : ByteString.copyFromUtf8("an etag"));
        default -> {}
      }
    }
    return builder.build();
  }

  private static ClientInterceptor recorder(Map<String, Message> answers) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            super.start(
                new SimpleForwardingClientCallListener<>(listener) {
                  @Override
                  public void onMessage(A message) {
                    answers.putIfAbsent(method.getFullMethodName(), (Message) message);
                    super.onMessage(message);
                  }
                },
                headers);
          }
        };
      }
    };
  }
}
