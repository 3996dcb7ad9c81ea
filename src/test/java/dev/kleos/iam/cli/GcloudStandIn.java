package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Understands the gcloud commands that `doctor` prints, in exactly the forms in which it does, and
/// does what gcloud does: calls the same methods over REST, and changes the same files. Any other
/// form fails.
///
/// @param url where the emulator has REST
/// @param emulator what is behind it, for what the emulator has no method for
/// @param who makes the calls, and is who logs in
/// @param home of whoever runs it
public record GcloudStandIn(String url, Emulator emulator, String who, Path home) {
  /// Runs one.
  ///
  /// @param words what follows `gcloud`
  public void run(List<String> words) {
    var flags = new LinkedHashMap<String, String>();
    var plain = new ArrayList<String>();
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.startsWith("--") && word.contains("=")) {
        flags.put(word.replaceFirst("=.*", ""), word.replaceFirst("[^=]*=", ""));
      } else if (word.startsWith("--")) {
        flags.put(word, words.get(++i));
      } else {
        plain.add(word);
      }
    }
    var last = plain.removeLast();
    var form = String.join(" ", plain) + " " + String.join(" ", flags.keySet());
    if (plain.size() >= 2 && plain.subList(0, 2).equals(List.of("services", "enable"))) {
      plain.subList(2, plain.size()).forEach(api -> enable(api, flags));
      enable(last, flags);
      return;
    }
    switch (form.strip()) {
      case "iam service-accounts enable --project" -> post(account(last, flags) + ":enable", "{}");
      case "iam service-accounts create --project" ->
          post(
              "v1/projects/" + flags.get("--project") + "/serviceAccounts",
              "{\"accountId\": \"" + last + "\"}");
      case "iam service-accounts add-iam-policy-binding --member --role --condition --project" ->
          bind(account(last, flags), true, flags);
      case "run services add-iam-policy-binding --region --project --member --role --condition" ->
          bind("v2/" + service(last, flags), false, flags);
      case "projects add-iam-policy-binding --member --role --condition" ->
          bind("v3/projects/" + last, true, flags);
      case "run services update --region --project --add-custom-audiences" ->
          emulator.addAudience(
              service(last, flags), flags.getOrDefault("--add-custom-audiences", ""));
      case "iam service-accounts undelete --project" ->
          post(account(last, flags) + ":undelete", "{}");
      case "config unset" -> configure(last, "");
      case "auth application-default" -> logIn(last);
      case "auth application-default set-quota-project" -> quotaProject(last);
      default -> {
        assertThat(plain).as(String.join(" ", words)).hasSize(3).startsWith("config", "set");
        configure(plain.getLast(), last);
      }
    }
  }

  private void enable(String api, Map<String, String> flags) {
    assertThat(flags).containsOnlyKeys("--project");
    post("v1/projects/" + flags.get("--project") + "/services/" + api + ":enable", "{}");
  }

  private static String account(String email, Map<String, String> flags) {
    return "v1/projects/" + flags.get("--project") + "/serviceAccounts/" + email;
  }

  private static String service(String name, Map<String, String> flags) {
    return "projects/"
        + flags.get("--project")
        + "/locations/"
        + flags.get("--region")
        + "/services/"
        + name;
  }

  /// gcloud adds to what it read.
  private void bind(String resource, boolean isPosted, Map<String, String> flags) {
    assertThat(flags).containsEntry("--condition", "None");
    var policy =
        isPosted
            ? post(resource + ":getIamPolicy", "{\"options\": {\"requestedPolicyVersion\": 3}}")
            : call("GET", resource + ":getIamPolicy?options.requestedPolicyVersion=3", "");
    var members = new JsonArray();
    members.add(flags.get("--member"));
    var binding = new JsonObject();
    binding.addProperty("role", flags.get("--role"));
    binding.add("members", members);
    var bindings = policy.has("bindings") ? policy.getAsJsonArray("bindings") : new JsonArray();
    bindings.add(binding);
    policy.add("bindings", bindings);
    policy.addProperty("version", 3);
    var request = new JsonObject();
    request.add("policy", policy);
    post(resource + ":setIamPolicy", request.toString());
  }

  /// The login of whoever is at the browser, counted for gcloud's own project.
  private void logIn(String verb) {
    assertThat(verb).isEqualTo("login");
    write(adc(), GoogleOnLoopback.login(who, who, "kleos-demo"));
  }

  private void quotaProject(String project) {
    var json = JsonParser.parseString(read(adc())).getAsJsonObject();
    json.addProperty("quota_project_id", project);
    write(adc(), json.toString());
  }

  /// One line of gcloud's configuration.
  private void configure(String property, String value) {
    var file = home.resolve(".config/gcloud/configurations/config_default");
    var section = "[" + property.replaceFirst("/.*", "") + "]";
    var name = property.replaceFirst(".*/", "");
    var lines = new ArrayList<String>();
    for (var line : read(file).lines().toList()) {
      if (!line.startsWith(name + " =")) {
        lines.add(line);
      }
      if (line.equals(section) && !value.isEmpty()) {
        lines.add(name + " = " + value);
      }
    }
    assertThat(lines).as(property).contains(section);
    write(file, String.join("\n", lines) + "\n");
  }

  private Path adc() {
    return home.resolve(".config/gcloud/application_default_credentials.json");
  }

  private JsonObject post(String path, String body) {
    return call("POST", path, body);
  }

  private JsonObject call(String verb, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/" + path))
            .header("Authorization", "Bearer " + who)
            .header("Content-Type", "application/json")
            .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
      return JsonParser.parseString(answer.body()).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
