package dev.kleos.iam.conformance;

/// What has a policy that gcloud can edit, and how gcloud calls it.
enum Target {
  ACCOUNT(
      "iam service-accounts",
      Stage.email("kleos-invoker"),
      Stage.nameOf(Stage.email("kleos-invoker")),
      "//iam.googleapis.com/",
      "roles/iam.serviceAccountUser"),
  SERVICE(
      "run services",
      "kleos-service --region=us-central1",
      Stage.SERVICE,
      "//run.googleapis.com/",
      "roles/run.invoker"),
  PROJECT(
      "projects",
      "kleos-demo",
      Stage.PROJECT,
      "//cloudresourcemanager.googleapis.com/",
      "roles/run.viewer");

  /// The resource's name in the APIs.
  final String resource;

  /// The same among those of all APIs.
  final String fullResourceName;

  /// A role that fits it.
  final String role;

  private final String group;
  private final String argument;

  Target(String group, String argument, String resource, String api, String role) {
    this.group = group;
    this.argument = argument;
    this.resource = resource;
    this.fullResourceName = api + resource;
    this.role = role;
  }

  String get() {
    return command("get-iam-policy");
  }

  /// To be followed by a file's name.
  String set() {
    return command("set-iam-policy");
  }

  String add(String member) {
    return edit("add", member);
  }

  String remove(String member) {
    return edit("remove", member);
  }

  private String edit(String verb, String member) {
    return command(verb + "-iam-policy-binding") + " --member=" + member + " --role=" + role;
  }

  private String command(String verb) {
    return group + " " + verb + " " + argument;
  }
}
