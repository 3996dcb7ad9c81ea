package dev.kleos.iam.cli;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Signals that go to the program instead of ending it, until this is closed.
///
/// `sun.misc.Signal` is the only way to that, and is called by name: the compiler warns of it, and
/// only a hidden option of it lets one say that this is meant.
final class Signals implements AutoCloseable {
  private final Map<Object, Object> before = new LinkedHashMap<>();

  /// Takes those that nobody told this process to ignore, as `nohup` does.
  ///
  /// @param names without `SIG`
  /// @param handler gets the name, on the thread of the signal
  Signals(List<String> names, Consumer<String> handler) {
    try {
      var ignoring = handlers().getField("SIG_IGN").get(null);
      for (var name : names) {
        var signal = signals().getConstructor(String.class).newInstance(name);
        var earlier = replace(signal, handling(name, handler));
        if (earlier.equals(ignoring)) {
          replace(signal, earlier);
        } else {
          before.put(signal, earlier);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no signals", e);
    }
  }

  /// Gives them back to whoever had them.
  @Override
  public void close() {
    try {
      for (var one : before.entrySet()) {
        replace(one.getKey(), one.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no signals", e);
    }
    before.clear();
  }

  private static Object handling(String name, Consumer<String> handler)
      throws ClassNotFoundException {
    return Proxy.newProxyInstance(
        Signals.class.getClassLoader(),
        new Class<?>[] {handlers()},
        (proxy, method, _) ->
            switch (method.getName()) {
              case "handle" -> {
                handler.accept(name);
                yield null;
              }
              case "equals" -> false;
              case "hashCode" -> System.identityHashCode(proxy);
              default -> name;
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
