package dev.kleos.iam.emulator;

import io.grpc.Status.Code;
import java.net.URI;
import java.util.Optional;

/// What stands between a request and a Cloud Run service: it finds the service by any of its
/// addresses, and lets through who may invoke it.
///
/// Who may is **documented**: anybody where `allUsers` may or nobody is asked for, else who has
/// `run.routes.invoke` and shows it by an ID token. A token that is not taken does no harm where
/// `allUsers` may invoke (**assumed**).
public final class FrontEnd {
  /// What the log of calls says for a request to a service; resource is the service where there is
  /// one, else the URL without its query.
  public static final String METHOD = "run.app/Invoke";

  /// The most that a request may bring, in bytes (**documented**).
  public static final int MAX_BODY = 32 << 20;

  private static final String PERMISSION = "run.routes.invoke";

  private final World world;
  private final Addresses addresses;
  private final Visitors visitors;
  private final Access access;
  private final CallLog calls;

  FrontEnd(World world, Addresses addresses, Visitors visitors, Access access, CallLog calls) {
    this.world = world;
    this.addresses = addresses;
    this.visitors = visitors;
    this.access = access;
    this.calls = calls;
  }

  /// Whether a URL can be the address of a service, rather than of an API.
  public static boolean isAddress(URI url) {
    return Destination.isAddress(url);
  }

  /// Answers a request as the service does, or as Google does in its place.
  public FrontEndAnswer answer(FrontEndRequest request) {
    var found = world.read(() -> Destination.of(request.url(), world, addresses));
    var visitor = found.map(there -> visitor(request, there)).orElseGet(Visitor.Anonymous::new);
    var resource =
        found.map(there -> there.service().key()).orElseGet(() -> withoutQuery(request.url()));
    var entry = calls.add(new Call(METHOD, resource, visitor.name()));
    var answer =
        found.map(there -> answer(request, there, visitor)).orElseGet(FrontEndPages::notFound);
    entry.answered(code(answer.status()));
    return answer;
  }

  private Visitor visitor(FrontEndRequest request, Destination found) {
    return found.service().settings().invokerIamDisabled()
        ? new Visitor.Anonymous()
        : visitors.of(request, found);
  }

  /// All requests come from outside (**assumed** of the second kind of restricted ingress, too,
  /// since there is no load balancer here); **recorded**: a service that takes none from there is
  /// not to be found.
  private FrontEndAnswer answer(FrontEndRequest request, Destination found, Visitor visitor) {
    var settings = found.service().settings();
    if (settings.ingress() != Ingress.ALL) {
      return FrontEndPages.notFound();
    }
    if (request.body().size() > MAX_BODY) {
      return FrontEndPages.tooLarge();
    }
    var key = found.service().key();
    if (visitor instanceof Visitor.Known known && mayInvoke(known.identity(), key)) {
      return Program.answer(request, found, Optional.of(known));
    }
    if (settings.invokerIamDisabled() || mayInvoke(new Identity.Anonymous(), key)) {
      return Program.answer(request, found, Optional.empty());
    }
    return visitor instanceof Visitor.Unverified
        ? FrontEndPages.unauthorized(found.path())
        : FrontEndPages.forbidden(found.path());
  }

  private boolean mayInvoke(Identity who, String key) {
    return world.read(() -> access.allows(who, PERMISSION, key));
  }

  private static String withoutQuery(URI url) {
    return url.toString().replaceFirst("[?#].*", "");
  }

  /// **Documented** in `google/rpc/code.proto`.
  private static Code code(int status) {
    return switch (status) {
      case 400 -> Code.INVALID_ARGUMENT;
      case 401 -> Code.UNAUTHENTICATED;
      case 403 -> Code.PERMISSION_DENIED;
      case 404 -> Code.NOT_FOUND;
      case 409 -> Code.ABORTED;
      case 429 -> Code.RESOURCE_EXHAUSTED;
      case 499 -> Code.CANCELLED;
      case 501 -> Code.UNIMPLEMENTED;
      case 503 -> Code.UNAVAILABLE;
      case 504 -> Code.DEADLINE_EXCEEDED;
      default -> status < 400 ? Code.OK : status < 500 ? Code.FAILED_PRECONDITION : Code.INTERNAL;
    };
  }
}
