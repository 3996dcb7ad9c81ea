package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.ServiceAnswer;
import dev.kleos.iam.checkup.ServiceCall;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.report.Escape;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.workflow.ServiceAddress;
import dev.kleos.iam.workflow.ServiceLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A call of a service as an account, and what is printed of it: the body where results go, all
/// else beside it.
record Invocation(Session session, Impersonation account, RequestOptions.Sent sent) {
  private static final String BY_ADDRESS =
      "Or call it by its https address, which whoever deployed it knows.";

  /// Makes the call.
  ///
  /// @param audience null for the service's address
  /// @return the exit code
  int run(String service, String path, @Nullable String audience) throws InterruptedException {
    var lookup = new ServiceLookup(session.cloud().catalog(), session.plan(), BY_ADDRESS);
    var called = lookup.find(service);
    var url = ServiceAddress.join(called.url(), path);
    var named = audience == null ? called.audience() : audience;
    var token = account.idToken(named);
    var begin = session.surroundings().clock().instant();
    var answer =
        session
            .cloud()
            .endpoints()
            .call(
                new Endpoints.Request(
                    sent.method(), url, token, sent.body(), session.options().clouds().timeout()));
    var time = Duration.between(begin, session.surroundings().clock().instant());
    session.status("");
    print(answer);
    tell(answer.status(), url, named, time);
    var call =
        new ServiceCall(
            called.resource(), called.deployed(), sent.method(), url, named, account.account());
    return conclude(ServiceAnswer.of(answer, call, session.plan()));
  }

  /// On a terminal what comes from outside must not give it orders; a program gets all bytes as
  /// they are.
  private void print(Endpoints.Answer answer) {
    var out = session.surroundings().out();
    if (session.surroundings().terminals().out()) {
      session.out().text(answer.body().text());
      return;
    }
    try {
      answer.body().writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(int status, URI url, String audience, Duration time) {
    if (!session.options().output().isVerbose()) {
      return;
    }
    session
        .err()
        .line(sent.method() + " " + url + "  " + status + " in " + time.toMillis() + " ms");
    session
        .err()
        .line(
            "as "
                + account.account().email()
                + ", by an ID token for "
                + audience
                + ".  "
                + Summary.of(session.cloud().calls()));
  }

  private int conclude(ServiceAnswer answer) {
    if (answer.kind() == ServiceAnswer.Kind.ANSWERED) {
      return ExitCode.DONE;
    }
    var err = session.err();
    err.line(new Span(Style.ALARM, "kleos-iam: "), Span.of(Escape.brief(answer.why())));
    new RemedyText(session).of(answer.remedy()).ifPresent(err::line);
    return ExitCode.FAILED;
  }
}
