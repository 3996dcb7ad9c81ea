package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.report.NextSteps;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.GrantRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `grant` says once access is granted: what those who got it do next, and what becomes of a
/// grant that no file has.
record GrantEpilogue(
    Session session,
    GrantRequest request,
    boolean isGranted,
    Optional<Resource.Service> service,
    Optional<String> url) {
  private static final Pattern URL =
      Pattern.compile("https?://[\\w.-]{1,253}(:\\d{1,5})?(/[\\w.-]+){0,9}/?");

  /// Asks for the service's address, so that it counts among the calls: people who are let in may
  /// not ask for it themselves.
  static GrantEpilogue of(Session session, GrantRequest request, AccessChange change) {
    var isGranted = change instanceof AccessChange.Done done && done.isAnythingWritten();
    var service =
        switch (request.resource()) {
          case Resource.Account _ -> FirstCall.service(session);
          case Resource.Service one -> // gcloud makes tokens of people at Google alone
              Optional.of(one)
                  .filter(_ -> session.options().clouds().isGoogle(session.surroundings()));
          case Resource.Project _ -> Optional.<Resource.Service>empty();
        };
    var isRead = request.principals().stream().anyMatch(one -> NextSteps.logsIn(one.principal()));
    return new GrantEpilogue(
        session,
        request,
        isGranted,
        service,
        isGranted && isRead && !session.isJson()
            ? service.flatMap(one -> url(session, one))
            : Optional.empty());
  }

  /// Says it.
  ///
  /// @param wasWatched whether it was told already since when it works
  void print(boolean wasWatched) {
    if (!isGranted) {
      return;
    }
    var principals = request.principals().stream().map(PrincipalArgument::principal).toList();
    var steps = new NextSteps(session.out());
    if (!wasWatched && !(request.resource() instanceof Resource.Project)) {
      steps.when();
    }
    switch (request.resource()) {
      case Resource.Account account ->
          steps.actAs(
              new FirstCall(session, account, service, url).commands(principals), principals);
      case Resource.Service _ -> steps.call(url, principals);
      case Resource.Project _ -> {}
    }
    if (!request.save()) {
      unsaved();
    }
  }

  /// Not worth an error: the grant is there. What is none is not shown: it would stand in a command
  /// that people copy.
  private static Optional<String> url(Session session, Resource.Service service) {
    try {
      return Optional.of(session.cloud().catalog().service(service).url())
          .filter(url -> URL.matcher(url).matches());
    } catch (CloudException e) {
      return Optional.empty();
    }
  }

  private void unsaved() {
    var plan = session.plan();
    if (plan.origins().keys(request.resource()).isEmpty()) {
      session
          .out()
          .line(new Span(Style.ALARM, "Not in the plan file: "), Span.of("no plan shows it."));
      return;
    }
    var removed =
        plan.desired().policies().stream()
            .anyMatch(policy ->
                policy.resource().equals(request.resource())
                    && policy.unmanaged() == Unmanaged.REMOVE);
    session
        .out()
        .line(
            new Span(Style.ALARM, "Not in the plan file: "),
            Span.of(
                removed
                    ? "the next apply REMOVES it, because the plan says \"unmanaged: remove\"."
                    : "kleos-iam plan shows it as access that the plan does not name."));
  }
}
