package dev.kleos.iam.cli;

import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What those run who were let act as an account: whether all is well, and then the call. They need
/// no plan file.
///
/// @param service what they call; empty where that is not known
/// @param url its address, which they may not be allowed to ask for; empty where it is not known
record FirstCall(
    Session session,
    Resource.Account account,
    Optional<Resource.Service> service,
    Optional<String> url) {
  /// The commands, ready to copy.
  List<String> commands(List<Principal> principals) {
    var commands = new ArrayList<String>();
    var target = words();
    var doctor = new ArrayList<>(List.of("doctor"));
    doctor.addAll(target);
    service.ifPresent(one -> doctor.addAll(List.of("--service", name(one))));
    commands.add(line(doctor, principals));
    service.ifPresent(one -> {
      var invoke = new ArrayList<>(List.of("invoke", name(one)));
      invoke.addAll(target);
      commands.add(line(invoke, principals));
    });
    return commands;
  }

  /// The only service of the plan; what they call is not known where there are several.
  static Optional<Resource.Service> service(Session session) {
    var services =
        session.plan().desired().policies().stream()
            .map(DesiredPolicy::resource)
            .filter(Resource.Service.class::isInstance)
            .map(Resource.Service.class::cast)
            .toList();
    return services.size() == 1 ? Optional.of(services.getFirst()) : Optional.empty();
  }

  private List<String> words() {
    var project = service.map(Resource.Service::projectId).orElse(account.projectId());
    if (project.equals("-")) {
      return List.of("--account", account.email());
    }
    return List.of(
        "--project",
        project,
        "--account",
        project.equals(account.projectId()) ? account.accountId() : account.email());
  }

  /// As whom is only said to an emulator, which believes it.
  private String line(List<String> words, List<Principal> principals) {
    var clouds = session.options().clouds();
    var only = principals.size() == 1 ? principals.getFirst() : null;
    var before =
        only != null && only.type().equals("user")
            ? clouds.beforeOther(session.surroundings(), only.value())
            : clouds.beforeOthers(session.surroundings());
    return before + clouds.line(words);
  }

  private String name(Resource.Service one) {
    return url.orElseGet(one::regionAndId);
  }
}
