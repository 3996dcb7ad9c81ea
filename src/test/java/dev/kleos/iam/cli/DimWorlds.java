package dev.kleos.iam.cli;

import java.util.List;
import java.util.function.Consumer;

/// Worlds in which the call works, and not all that lets it can be seen.
final class DimWorlds {
  private static final String INVOKER = "serviceAccount:" + Worldly.ACCOUNT;

  private DimWorlds() {}

  /// One of them.
  ///
  /// @param said what `doctor` says of it
  record Dim(String name, boolean isGoogle, Consumer<Scene> change, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Dim> all() {
    return List.of(
        new Dim(
            "the project grants it, whose policy is hidden",
            true,
            s -> {
              s.world.invokers("", "");
              s.world.ofProject("roles/run.invoker", INVOKER);
              s.world.withoutSightOfTheProject();
            },
            "✓ may invoke      as the answer shows, by a grant that you may not see\n"),
        new Dim(
            "a custom role grants it, which is hidden",
            false,
            s -> {
              s.world.customInvoker(INVOKER);
              s.world.withoutSightOfTheProject();
            },
            "✓ may invoke      as the answer shows, by a grant that you may not see\n"),
        new Dim(
            "the API of IAM is off, which shows accounts and makes no tokens",
            true,
            s -> s.world.disable("iam.googleapis.com"),
            """
            ? APIs            iam.googleapis.com is not enabled in kleos-demo: less can be seen, calls do not take it
                              An admin runs: gcloud services enable iam.googleapis.com --project kleos-demo
            ? account         not seen: iam.googleapis.com is not enabled
            """),
        new Dim(
            "the API of Resource Manager is off",
            true,
            s -> s.world.disable("cloudresourcemanager.googleapis.com"),
            """
            ? project         not seen: cloudresourcemanager.googleapis.com is not enabled
            ? APIs            cloudresourcemanager.googleapis.com is not enabled in kleos-demo: less can be seen, calls do not take it
                              An admin runs: gcloud services enable cloudresourcemanager.googleapis.com --project kleos-demo
            """),
        new Dim(
            "the API of Service Usage is off, which tells of the others",
            true,
            s -> s.world.disable("serviceusage.googleapis.com"),
            """
            ? APIs            serviceusage.googleapis.com is not enabled in kleos-demo: less can be seen, calls do not take it
                              An admin runs: gcloud services enable serviceusage.googleapis.com --project kleos-demo
            """));
  }
}
