package dev.kleos.iam.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.Policy;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The real gcloud, pointed at an emulator, with a configuration of its own: nothing of the
/// machine's accounts, properties and proxies reaches it. Its standard input is not a terminal.
///
/// @param folder for its configuration and output
/// @param env what it is told in environment variables
record Gcloud(Path folder, Map<String, String> env) {
  private static final long PATIENCE_SECONDS = 60;

  /// What one command answered.
  ///
  /// @param out as JSON, where nothing else was asked for
  record Answer(int code, String out, String err) {
    JsonElement json() {
      return JsonParser.parseString(out);
    }

    Policy policy() {
      return read(Policy.newBuilder()).build();
    }

    ServiceAccount account() {
      return read(ServiceAccount.newBuilder()).build();
    }

    <B extends Message.Builder> B read(B into) {
      try {
        JsonFormat.parser().merge(out, into);
        return into;
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError("not what was asked for: " + out + err, e);
      }
    }
  }

  /// The gcloud on the PATH, as the emulator's operator.
  ///
  /// @param url where REST is, such as `http://127.0.0.1:8085`
  static Gcloud at(String url, Path folder) {
    var env = new HashMap<String, String>();
    env.put("CLOUDSDK_CONFIG", folder.resolve("config").toString());
    env.put("CLOUDSDK_CORE_PROJECT", "kleos-demo");
    env.put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
    env.put("CLOUDSDK_CORE_DISABLE_FILE_LOGGING", "1");
    env.put("CLOUDSDK_CORE_CHECK_GCE_METADATA", "0");
    env.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "1");
    env.put("CLOUDSDK_AUTH_ACCESS_TOKEN", "operator");
    for (var api :
        List.of("IAM", "RUN", "CLOUDRESOURCEMANAGER", "IAMCREDENTIALS", "SERVICEUSAGE")) {
      env.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api, url + "/");
    }
    return new Gcloud(folder, Map.copyOf(env));
  }

  /// Skips the test where there is no gcloud.
  static void assumeInstalled() {
    ClientProgram.assumeOnPath("gcloud");
  }

  /// The same with one variable more.
  Gcloud with(String variable, String value) {
    var more = new HashMap<>(env);
    more.put(variable, value);
    return new Gcloud(folder, Map.copyOf(more));
  }

  /// As the caller of an access token.
  Gcloud as(String accessToken) {
    return with("CLOUDSDK_AUTH_ACCESS_TOKEN", accessToken);
  }

  /// Runs a command that succeeds.
  ///
  /// @param words the command, its words separated by spaces
  /// @param more further arguments, which may hold spaces
  Answer done(String words, String... more) {
    var answer = run(words, more);
    assertThat(answer.code()).as(words + "\n" + answer.err()).isZero();
    return answer;
  }

  /// Runs a command that fails without falling over; returns what it complained about.
  String refused(String words, String... more) {
    var answer = run(words, more);
    assertThat(answer.code()).as(words + "\n" + answer.out()).isPositive();
    assertThat(answer.err()).as(words).doesNotContain("crashed (", "Traceback");
    return answer.err();
  }

  /// Runs a command to its end, whatever that is.
  Answer run(String words, String... more) {
    var command = new ArrayList<>(List.of("gcloud", "--format=json"));
    Splitter.on(' ').splitToStream(words).forEach(command::add);
    command.addAll(List.of(more));
    try {
      return run(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Answer run(List<String> command) throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "gcloud", ".out");
    var err = Files.createTempFile(folder, "gcloud", ".err");
    var builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    builder.environment().keySet().removeIf(Gcloud::misleads);
    builder.environment().putAll(env);
    var process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("never ended: " + command + "\n" + Files.readString(err));
    }
    return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /// Whether a variable of this process could lead gcloud elsewhere. Which Python it runs on is its
  /// installation's affair.
  private static boolean misleads(String variable) {
    return (variable.startsWith("CLOUDSDK_") && !variable.startsWith("CLOUDSDK_PYTHON"))
        || variable.startsWith("GOOGLE_")
        || variable.toLowerCase(Locale.ROOT).endsWith("_proxy");
  }
}
