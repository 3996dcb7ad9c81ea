package dev.kleos.iam.checkup;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntimeFactory;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Whether a condition is met now, by the library of the language that it is written in. Loaded
/// where a condition is more than an end.
final class Conditions {
  private static final CelOptions OPTIONS =
      CelOptions.current().evaluateCanonicalTypesToNativeValues(true).build();

  private Conditions() {}

  /// Whether it is met; empty where that depends on what only Google knows of a request, such as
  /// its address.
  ///
  /// @param on the resource that is asked for. The variables are those of Google's "Attribute
  ///   reference for IAM Conditions"
  static Optional<Boolean> isMet(Condition condition, Resource on, Instant now) {
    try {
      var compiler =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(OPTIONS)
              .addVar("request.time", SimpleType.TIMESTAMP)
              .addVar("resource.name", SimpleType.STRING)
              .addVar("resource.type", SimpleType.STRING)
              .addVar("resource.service", SimpleType.STRING)
              .build();
      var runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
      var met =
          runtime
              .createProgram(compiler.compile(condition.expression()).getAst())
              .eval(
                  Map.of(
                      "request.time", now,
                      "resource.name", on.name(),
                      "resource.type", type(on),
                      "resource.service", service(on)));
      return met instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
    } catch (CelValidationException | CelEvaluationException e) {
      return Optional.empty();
    }
  }

  private static String service(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "iam.googleapis.com";
      case Resource.Service _ -> "run.googleapis.com";
      case Resource.Project _ -> "cloudresourcemanager.googleapis.com";
    };
  }

  private static String type(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "iam.googleapis.com/ServiceAccount";
      case Resource.Service _ -> "run.googleapis.com/Service";
      case Resource.Project _ -> "cloudresourcemanager.googleapis.com/Project";
    };
  }
}
