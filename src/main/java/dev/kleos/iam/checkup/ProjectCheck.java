package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Concurrently;
import dev.kleos.iam.model.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// The project: whether it can be reached, and whether it uses the APIs that the road takes.
final class ProjectCheck {
  private static final List<String> APIS =
      List.of(
          "iam.googleapis.com",
          "iamcredentials.googleapis.com",
          "run.googleapis.com",
          "cloudresourcemanager.googleapis.com");

  private final Catalog catalog;
  private final Resource.Project project;

  ProjectCheck(Catalog catalog, Resource.Project project) {
    this.catalog = catalog;
    this.project = project;
  }

  /// What the first call comes to.
  Step reached() {
    var id = project.projectId();
    try {
      return Step.fine(Stage.PROJECT, id + ", number " + catalog.projectNumber(project));
    } catch (CloudException e) {
      return Refusals.isForbidden(e) ? unseen(id) : Refusals.step(Stage.PROJECT, e, id);
    }
  }

  /// Whether the APIs are enabled.
  Step apis() throws InterruptedException {
    try {
      var states =
          Concurrently.all(
              APIS.stream()
                  .<Callable<Boolean>>map(api -> () -> catalog.isEnabled(project, api))
                  .toList());
      var off =
          IntStream.range(0, APIS.size()).filter(i -> !states.get(i)).mapToObj(APIS::get).toList();
      return off.isEmpty()
          ? Step.fine(Stage.APIS, "all " + APIS.size() + " are enabled")
          : Refusals.disabled(off, project.projectId());
    } catch (CloudException e) {
      if (Refusals.isForbidden(e)) {
        return Step.unknown(
            Stage.APIS,
            "you may not see whether they are enabled ("
                + Lack.of("serviceusage.services.get")
                + "); calls tell");
      }
      return Refusals.elsewhere(e, project.projectId())
          .orElseGet(() -> Step.unknown(Stage.APIS, e.failure().message()));
    }
  }

  /// A project that is not there and one that is hidden look the same.
  private static Step unseen(String id) {
    return Step.unknown(
        Stage.PROJECT,
        "you may not see "
            + id
            + " ("
            + Lack.of("resourcemanager.projects.get")
            + "), or there is none");
  }
}
