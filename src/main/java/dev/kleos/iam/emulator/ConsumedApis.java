package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses calls of an API that is not enabled in the project that consumes it, whoever calls.
///
/// That is the project named in `x-goog-user-project` (**documented**), else the one that the
/// resource is in (**assumed**: at Google it is the project of the credential, and the emulator's
/// have none). Only by the header is Service Usage refused, else it could not be enabled again.
record ConsumedApis(World world) {
  private static final Pattern NAME =
      Pattern.compile("(?://[^/]+/)?projects/([^/]+)(?:/serviceAccounts/([^/]+))?(?:/.*)?");

  /// @param call the call's method and resource
  /// @param named the id or number that the header says; null without one
  /// @throws StatusRuntimeException when the API is not enabled
  void check(Call call, @Nullable String named) {
    if (world.read(() -> world.apis.disabled().isEmpty())) {
      return; // as in the tool's own runs, which wait for this
    }
    var api = ApiHosts.of(call.method());
    var header = Optional.ofNullable(named).filter(text -> !text.isBlank());
    if (header.isEmpty() && api.equals(ApiHosts.SERVICE_USAGE)) {
      return;
    }
    world
        .read(() ->
            header
                .flatMap(world.projects::find)
                .or(() -> ofResource(call.resource()))
                .filter(project -> !world.apis.has(project, api)))
        .ifPresent(project -> {
          throw disabled(api, header.orElse(project.number()));
        });
  }

  /// The number of the project that consumes an API by a call; where there is no such project, what
  /// the caller named instead.
  String consumer(Call call, @Nullable String named) {
    var header = Optional.ofNullable(named).filter(text -> !text.isBlank());
    return world.read(() ->
        header
            .flatMap(world.projects::find)
            .or(() -> ofResource(call.resource()))
            .map(Project::number)
            .orElseGet(() -> header.orElse("")));
  }

  private Optional<Project> ofResource(String name) {
    var parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(parts.group(2))
        .filter(_ -> parts.group(1).equals("-"))
        .flatMap(
            account -> world.accounts.live(account).or(() -> world.accounts.byUniqueId(account)))
        .map(Account::project)
        .or(() -> Optional.of(parts.group(1)))
        .flatMap(world.projects::find);
  }

  /// **Recorded**: the text and all of the details.
  ///
  /// @param project as the caller named it, else its number
  private static StatusRuntimeException disabled(String api, String project) {
    var title = ApiHosts.TITLES.getOrDefault(api, api);
    var console =
        "https://console.developers.google.com/apis/api/" + api + "/overview?project=" + project;
    var text =
        title
            + " has not been used in project "
            + project
            + " before or it is disabled. Enable it by visiting "
            + console
            + " then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.";
    var info =
        ErrorInfo.newBuilder()
            .setReason("SERVICE_DISABLED")
            .setDomain("googleapis.com")
            .putMetadata("service", api)
            .putMetadata("serviceTitle", title)
            .putMetadata("consumer", "projects/" + project)
            .putMetadata("containerInfo", project)
            .putMetadata("activationUrl", console)
            .build();
    var localized = LocalizedMessage.newBuilder().setLocale("en-US").setMessage(text).build();
    var help =
        Help.newBuilder()
            .addLinks(
                Help.Link.newBuilder()
                    .setDescription("Google developers console API activation")
                    .setUrl(console))
            .build();
    return Errors.of(Code.PERMISSION_DENIED, text, info, localized, help);
  }
}
