package dev.kleos.iam.cli;

import static dev.kleos.iam.cli.AccessWorlds.ENDED;
import static dev.kleos.iam.cli.AccessWorlds.OFFICE_HOURS;

import java.util.List;

/// What can be wrong on somebody else's road, which is read and not walked: bob's.
final class OtherWorlds {
  static final List<BrokenWorld> ALL =
      List.of(
          BrokenWorld.onGoogle(
              "he has no role",
              s -> {
                s.ask("bob@example.com");
              },
              """
              ✗ may act as it   no role on the account or its project lets user:bob@example.com (iam.serviceAccounts.getOpenIdToken, in roles/iam.serviceAccountOpenIdTokenCreator)
                                An admin runs: kleos-iam grant bob@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com
              """),
          BrokenWorld.onEmulator(
              "his grant has ended",
              s -> {
                s.ask("bob@example.com");
                s.world.actors("user:bob@example.com", ENDED);
              },
              """
              ✗ may act as it   roles/iam.serviceAccountOpenIdTokenCreator on the account ended at 2026-11-30T00:00:00Z
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam grant bob@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com --replace --for 30d
              """),
          BrokenWorld.onEmulator(
              "the account that he is to act as is disabled",
              s -> {
                s.ask("bob@example.com");
                s.world.actors("user:bob@example.com", "");
                s.world.account("disabled", "true");
              },
              """
              ✗ account         kleos-invoker@kleos-demo.iam.gserviceaccount.com is disabled: Google makes no tokens for it
                                An admin runs: CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM=http://127.0.0.1:8085/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator gcloud iam service-accounts enable kleos-invoker@kleos-demo.iam.gserviceaccount.com --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the account that he is to act as was created again",
              s -> {
                s.ask("bob@example.com");
                s.plan(Scene.PLAN.replace("alice", "bob"));
                s.world.recreated();
              },
              """
              ✗ account         kleos-invoker@kleos-demo.iam.gserviceaccount.com was deleted and created again: what was granted before is not granted to this one
                                An admin runs: kleos-iam apply
              """),
          BrokenWorld.onGoogle(
              "the account that he is to act as may not invoke",
              s -> {
                s.ask("bob@example.com");
                s.world.actors("user:bob@example.com", "");
                s.world.invokers("", "");
              },
              """
              ✗ may invoke      no role on the service or its project lets it (run.routes.invoke, in roles/run.servicesInvoker)
                                An admin runs: kleos-iam grant kleos-invoker@kleos-demo.iam.gserviceaccount.com --service us-central1/kleos-service
              """),
          BrokenWorld.onEmulator(
              "his grant holds in office hours",
              s -> {
                s.ask("bob@example.com");
                s.world.actors("user:bob@example.com", OFFICE_HOURS);
              },
              """
              ✗ may act as it   roles/iam.serviceAccountOpenIdTokenCreator on the account: its condition is not met now, "t" (request.time.getHours("UTC") >= 9 && request.time.getHours("UTC") < 17)
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam grant bob@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com --replace --for 30d
              """),
          BrokenWorld.onGoogle(
              "the API that makes his tokens is off",
              s -> {
                s.ask("bob@example.com");
                s.world.actors("user:bob@example.com", "");
                s.world.disable("iamcredentials.googleapis.com");
              },
              """
              ✗ APIs            iamcredentials.googleapis.com is not enabled in kleos-demo
                                An admin runs: gcloud services enable iamcredentials.googleapis.com --project kleos-demo
              """));

  private OtherWorlds() {}
}
