package dev.kleos.iam.checkup;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntimeFactory;
import dev.kleos.iam.model.Condition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Whether a condition is met now, by the library of the language that it is written in. Loaded
/// where a condition is more than an end.
final class Conditions {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .evaluateCanonicalTypesToNativeValues(true)
          .comprehensionMaxIterations(1000)
          .build();

  private Conditions() {}

  /// Whether it is met; empty where that depends on more than the time, such as the address that a
  /// request comes from. **Documented**: service accounts and Cloud Run services are not among
  /// those that have attributes of a resource, so what Google makes of those is not known.
  static Optional<Boolean> isMet(Condition condition, Instant now) {
    try {
      var compiler =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(OPTIONS)
              .addVar("request.time", SimpleType.TIMESTAMP)
              .build();
      var runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
      var met =
          runtime
              .createProgram(compiler.compile(condition.expression()).getAst())
              .eval(Map.of("request.time", now));
      return met instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
    } catch (CelValidationException | CelEvaluationException e) {
      return Optional.empty();
    }
  }
}
