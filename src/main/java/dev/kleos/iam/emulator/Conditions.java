package dev.kleos.iam.emulator;

import com.google.protobuf.Timestamp;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Conditions of bindings, in the Common Expression Language. Used under the world's lock.
///
/// There are `request.time`, `resource.name`, `resource.type`, `resource.service`, `extract`, and
/// `api.getAttribute`, which knows no attribute and answers with its default (all **documented**).
/// An expression that does not compile, or fails, is not met (**assumed**); so is one that asks for
/// anything else that Google has, such as tags or access levels.
final class Conditions {
  private static final int MAX_COMPILED = 1000;
  private static final int MAX_ITERATIONS = 1000;

  private static final CelOptions OPTIONS =
      CelOptions.current().comprehensionMaxIterations(MAX_ITERATIONS).build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .addVar("request.time", SimpleType.TIMESTAMP)
          .addVar("resource.name", SimpleType.STRING)
          .addVar("resource.type", SimpleType.STRING)
          .addVar("resource.service", SimpleType.STRING)
          .addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  "extract",
                  CelOverloadDecl.newMemberOverload(
                      "string_extract_string",
                      SimpleType.STRING,
                      SimpleType.STRING,
                      SimpleType.STRING)),
              CelFunctionDecl.newFunctionDeclaration(
                  "api.getAttribute",
                  CelOverloadDecl.newGlobalOverload(
                      "api_get_attribute", SimpleType.DYN, SimpleType.STRING, SimpleType.DYN)))
          .setResultType(SimpleType.BOOL)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(
              CelFunctionBinding.from(
                  "string_extract_string", String.class, String.class, Conditions::extract),
              CelFunctionBinding.from(
                  "api_get_attribute", String.class, Object.class, (_, byDefault) -> byDefault))
          .build();

  /// By expression; empty for one that does not compile.
  private final Map<String, Optional<CelRuntime.Program>> compiled = new HashMap<>();

  /// Whether an expression holds for a resource at a time.
  ///
  /// @param key what the resource's policy is kept under
  boolean isMet(String expression, String key, Instant now) {
    if (compiled.size() >= MAX_COMPILED) {
      compiled.clear();
    }
    return compiled
        .computeIfAbsent(expression, Conditions::compile)
        .filter(program -> isMet(program, key, now))
        .isPresent();
  }

  private static Optional<CelRuntime.Program> compile(String expression) {
    try {
      return Optional.of(RUNTIME.createProgram(COMPILER.compile(expression).getAst()));
    } catch (CelValidationException | CelEvaluationException _) {
      return Optional.empty();
    }
  }

  private static boolean isMet(CelRuntime.Program program, String key, Instant now) {
    var service = service(key);
    Map<String, Object> attributes =
        Map.of(
            "request.time",
            Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build(),
            "resource.name",
            key,
            "resource.type",
            service + type(key),
            "resource.service",
            service);
    try {
      return Boolean.TRUE.equals(program.eval(attributes));
    } catch (CelEvaluationException _) {
      return false;
    }
  }

  /// **Documented** for projects. Of accounts and of Cloud Run services, Google documents no
  /// attributes of resources: those here are **assumed**, after the names that its other services
  /// have, and so is it that an account's name has its unique id.
  private static String service(String key) {
    if (key.contains("/serviceAccounts/")) {
      return "iam.googleapis.com";
    }
    return key.contains("/services/")
        ? "run.googleapis.com"
        : "cloudresourcemanager.googleapis.com";
  }

  private static String type(String key) {
    if (key.contains("/serviceAccounts/")) {
      return "/ServiceAccount";
    }
    return key.contains("/services/") ? "/Service" : "/Project";
  }

  /// **Documented**: what stands between the texts around the `{name}` of the template, at the
  /// first place where they occur; all that follows where nothing stands after it; empty where the
  /// template does not fit. A template without such a name is **assumed** to fit nothing.
  private static String extract(String text, String template) {
    var open = template.indexOf('{');
    var close = template.indexOf('}', Math.max(open, 0));
    if (open < 0 || close < 0) {
      return "";
    }
    var before = template.substring(0, open);
    var after = template.substring(close + 1);
    var at = text.indexOf(before);
    if (at < 0) {
      return "";
    }
    var rest = text.substring(at + before.length());
    var end = after.isEmpty() ? rest.length() : rest.indexOf(after);
    return end < 0 ? "" : rest.substring(0, end);
  }
}
