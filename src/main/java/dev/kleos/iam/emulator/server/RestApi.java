package dev.kleos.iam.emulator.server;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.Severed;
import dev.kleos.iam.emulator.StateFileException;
import dev.kleos.iam.emulator.UnreadableException;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;

/// All that the emulator answers over HTTP, errors included.
final class RestApi {
  private final Emulator emulator;
  private final List<RestHandler> handlers;

  RestApi(Emulator emulator, Upstream upstream) {
    this.emulator = emulator;
    // Made when it is first asked: the descriptors of all services are slow to load.
    Supplier<Transcoder> transcoder =
        Suppliers.memoize(() -> new Transcoder(upstream, emulator.services()));
    this.handlers =
        List.of(
            new AccountTokens(emulator, upstream),
            new ControlPaths(emulator),
            new TokenPaths(emulator),
            new Knative(upstream, emulator.world()),
            request -> transcoder.get().answer(request),
            new ProjectsV1(upstream)); // last, since what is no project to get looks like one
  }

  /// Answers; whatever goes wrong is an answer too, and never more than Google would say.
  RestAnswer answer(RestRequest request) {
    try {
      for (var handler : handlers) {
        var answer = handler.answer(request);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      throw RefusedException.unknownPath(request);
    } catch (RefusedException e) {
      log(request, e.code());
      return e.answer();
    } catch (StatusRuntimeException e) {
      return Severed.isUnheard(e.getTrailers()) ? RestAnswer.UNHEARD : RestErrors.of(e);
    } catch (UnreadableException e) {
      return RestErrors.of(400, Code.INVALID_ARGUMENT, Objects.toString(e.getMessage(), ""));
    } catch (StateFileException e) {
      return internal(Objects.requireNonNullElse(e.getMessage(), ""));
    } catch (RuntimeException e) {
      System.getLogger(RestApi.class.getName()).log(Level.ERROR, "The emulator failed", e);
      return internal("Internal error encountered.");
    }
  }

  /// The answer to a request whose body was not taken.
  RestAnswer refuse(RestRequest request, String why) {
    log(request, Code.INVALID_ARGUMENT);
    return RestErrors.of(400, Code.INVALID_ARGUMENT, why);
  }

  /// Without the query, where some clients put secrets.
  private void log(RestRequest request, Code code) {
    if (!ControlPaths.has(request)) {
      var asked = request.verb() + " /" + request.joinedPath();
      emulator.calls().addRefused(asked, code, emulator.callerOf(request.authorization()));
    }
  }

  private static RestAnswer internal(String message) {
    return RestErrors.of(500, Code.INTERNAL, message);
  }
}
