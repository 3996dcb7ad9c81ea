package dev.kleos.iam.model;

import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a policy is attached to. `name()` is the resource name of Google's APIs, which the adapters
/// send, the JSON report prints and a person can search for.
public sealed interface Resource extends Comparable<Resource> {
  /// The full resource name, without a leading slash or service.
  String name();

  /// The id of the project that holds it; `-` where only Google can tell.
  String projectId();

  /// The resource of a full name, as `name()` gives it.
  ///
  /// @throws IllegalArgumentException where it is none of the kinds here
  static Resource ofName(String name) {
    var parts = name.split("/", -1);
    if (Stream.of(parts).allMatch(Predicate.not(String::isEmpty)) && parts[0].equals("projects")) {
      if (parts.length == 2) {
        return new Project(parts[1]);
      }
      if (parts.length == 4 && parts[2].equals("serviceAccounts") && parts[3].contains("@")) {
        return new Account(parts[1], parts[3]);
      }
      if (parts.length == 6 && parts[2].equals("locations") && parts[4].equals("services")) {
        return new Service(parts[1], parts[3], parts[5]);
      }
    }
    throw new IllegalArgumentException("no resource: " + name);
  }

  @Override
  default int compareTo(Resource other) {
    return name().compareTo(other.name());
  }

  /// A service account, by its e-mail address.
  record Account(String projectId, String email) implements Resource {
    private static final String IAM_DOMAIN = ".iam.gserviceaccount.com";
    private static final String APP_ENGINE_DOMAIN = "appspot.gserviceaccount.com";

    /// The account of an id in a project. A domain-scoped project, `example.com:p`, becomes
    /// `id@p.example.com.iam.gserviceaccount.com`.
    public static Account inProject(String projectId, String accountId) {
      var colon = projectId.indexOf(':');
      var host =
          colon < 0
              ? projectId
              : projectId.substring(colon + 1) + "." + projectId.substring(0, colon);
      return new Account(projectId, accountId + "@" + host + IAM_DOMAIN);
    }

    /// The account of an e-mail address, in the project that the address tells of; Google's
    /// wildcard `-` where it does not, as in `123-compute@developer.gserviceaccount.com`.
    public static Account ofEmail(String email) {
      var at = email.indexOf('@');
      var host = email.substring(at + 1);
      if (host.endsWith(IAM_DOMAIN)) {
        return new Account(
            projectOfHost(host.substring(0, host.length() - IAM_DOMAIN.length())), email);
      }
      return new Account(
          host.equals(APP_ENGINE_DOMAIN) ? projectOfHost(email.substring(0, at)) : "-", email);
    }

    @Override
    public String name() {
      return "projects/" + projectId + "/serviceAccounts/" + email;
    }

    /// The account as a member of a policy.
    public Principal principal() {
      return Principal.ofServiceAccount(email);
    }

    /// The part of the e-mail address before the `@`: the account's id in its project.
    public String accountId() {
      return email.substring(0, email.indexOf('@'));
    }

    private static String projectOfHost(String host) {
      var dot = host.indexOf('.');
      return dot < 0 ? host : host.substring(dot + 1) + ":" + host.substring(0, dot);
    }
  }

  /// A Cloud Run service.
  record Service(String projectId, String region, String serviceId) implements Resource {
    @Override
    public String name() {
      return "projects/" + projectId + "/locations/" + region + "/services/" + serviceId;
    }

    /// As people name it in its project: `REGION/NAME`.
    public String regionAndId() {
      return region + "/" + serviceId;
    }
  }

  /// A project itself: what is granted here reaches everything inside.
  record Project(String projectId) implements Resource {
    @Override
    public String name() {
      return "projects/" + projectId;
    }
  }
}
