package dev.kleos.iam.cli;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ctrl-C and SIGTERM, the first of which is a wish while this is open: the program goes on, and
/// ends well. The next one ends it at once, as the JVM by itself does, with 130 or 143.
///
/// `sun.misc.Signal` is the only way to that, and is called by name: the compiler warns of it, and
/// only a hidden option of it lets one say that this is meant.
final class StopRequest implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Map<Object, Object> before = new LinkedHashMap<>();
  private final Runnable wish;

  /// @param wish run on the thread of the signal
  StopRequest(Runnable wish) {
    this.wish = wish;
    take();
  }

  /// Gives the signals back to whoever had them.
  @Override
  public void close() {
    giveBack();
  }

  /// A signal that comes meanwhile is handled afterwards, so that none is lost.
  private synchronized void take() {
    try {
      var handler = handler();
      for (var name : SIGNALS) {
        var signal = signals().getConstructor(String.class).newInstance(name);
        before.put(signal, replace(signal, handler));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no signals", e);
    }
  }

  /// Whether that was still to be done.
  private synchronized boolean giveBack() {
    var taken = !before.isEmpty();
    try {
      for (var one : before.entrySet()) {
        replace(one.getKey(), one.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no signals", e);
    }
    before.clear();
    return taken;
  }

  private Object handler() throws ClassNotFoundException {
    return Proxy.newProxyInstance(
        StopRequest.class.getClassLoader(),
        new Class<?>[] {handlers()},
        (proxy, method, _) ->
            switch (method.getName()) {
              case "handle" -> {
                if (giveBack()) {
                  wish.run();
                }
                yield null;
              }
              case "equals" -> false;
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "stop";
            });
  }

  /// Lets another handler have a signal; the one that had it is the answer.
  private static Object replace(Object signal, Object handler) throws ReflectiveOperationException {
    return signals().getMethod("handle", signals(), handlers()).invoke(null, signal, handler);
  }

  private static Class<?> signals() throws ClassNotFoundException {
    return Class.forName("sun.misc.Signal");
  }

  private static Class<?> handlers() throws ClassNotFoundException {
    return Class.forName("sun.misc.SignalHandler");
  }
}
