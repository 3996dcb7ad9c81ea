package dev.kleos.iam.emulator.server;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.rpc.Code;
import dev.kleos.iam.emulator.Emulator;
import io.grpc.StatusRuntimeException;
import java.lang.System.Logger.Level;
import java.util.List;

/// All that the emulator answers over HTTP, errors included.
final class RestApi {
  private final List<RestHandler> byHand;

  /// Made with the first request: the descriptors of all services are slow to load.
  private final Supplier<Transcoder> transcoder;

  RestApi(Emulator emulator, Upstream upstream) {
    this.byHand = List.of(new ProjectsV1(upstream), new Knative(upstream, emulator.world()));
    this.transcoder = Suppliers.memoize(() -> new Transcoder(upstream, emulator.services()));
  }

  /// Answers; whatever goes wrong is an answer too, and never more than Google would say.
  RestAnswer answer(RestRequest request) {
    try {
      for (var handler : byHand) {
        var answer = handler.answer(request);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      return transcoder.get().answer(request).orElseGet(RestApi::notFound);
    } catch (StatusRuntimeException e) {
      return RestErrors.of(e);
    } catch (WrongVerbException e) {
      return RestErrors.of(405, Code.UNIMPLEMENTED, "Method not allowed: use " + e.allowed() + ".")
          .with("Allow", e.allowed());
    } catch (RuntimeException e) {
      System.getLogger(RestApi.class.getName()).log(Level.ERROR, "The emulator failed", e);
      return RestErrors.of(500, Code.INTERNAL, "Internal error encountered.");
    }
  }

  /// The text is **recorded**, of some of Google's APIs; others answer with a web page.
  private static RestAnswer notFound() {
    return RestErrors.of(404, Code.NOT_FOUND, "Method not found.");
  }
}
