package dev.kleos.iam.cli;

import java.time.Duration;
import java.util.List;

/// What can be wrong with who may do what.
final class AccessWorlds {
  static final String ENDED = "request.time < timestamp(\"2026-11-30T00:00:00Z\")";
  static final String OFFICE_HOURS =
      "request.time.getHours(\"UTC\") >= 9 && request.time.getHours(\"UTC\") < 17";
  private static final String ALICE = "user:alice@example.com";
  private static final String INVOKER = "serviceAccount:" + Worldly.ACCOUNT;

  static final List<BrokenWorld> ALL =
      List.of(
          BrokenWorld.onEmulator(
              "the account may not invoke the service",
              s -> s.world.invokers("", ""),
              """
              ✗ may invoke      no role on the service or its project lets it (run.routes.invoke, in roles/run.servicesInvoker)
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam grant kleos-invoker@kleos-demo.iam.gserviceaccount.com --service us-central1/kleos-service
              """),
          BrokenWorld.onGoogle(
              "the account may invoke no more",
              s -> s.world.invokers(INVOKER, ENDED),
              """
              ✗ may invoke      roles/run.invoker on the service ended at 2026-11-30T00:00:00Z
                                An admin runs: kleos-iam grant kleos-invoker@kleos-demo.iam.gserviceaccount.com --service us-central1/kleos-service --replace --for 30d
              """),
          BrokenWorld.onEmulator(
              "the account may invoke in office hours",
              s -> s.world.invokers(INVOKER, OFFICE_HOURS),
              """
              ✗ may invoke      roles/run.invoker on the service: its condition is not met now, "t" (request.time.getHours("UTC") >= 9 && request.time.getHours("UTC") < 17)
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam grant kleos-invoker@kleos-demo.iam.gserviceaccount.com --service us-central1/kleos-service --replace --for 30d
              """),
          BrokenWorld.onGoogle(
              "the account may not invoke what no plan grants",
              s -> {
                s.plan(Scene.PLAN.replaceFirst("(?s)services:.*", ""));
                s.ask("--service", "us-central1/kleos-service");
                s.world.invokers("", "");
              },
              """
              ✗ may invoke      no role on the service or its project lets it (run.routes.invoke, in roles/run.servicesInvoker)
                                An admin runs: gcloud run services add-iam-policy-binding kleos-service --region us-central1 --project kleos-demo --member serviceAccount:kleos-invoker@kleos-demo.iam.gserviceaccount.com --role roles/run.invoker --condition None
              """),
          BrokenWorld.onGoogle(
              "she has no role",
              s -> s.world.actors("", ""),
              """
              ✗ may act as it   no role on the account or its project lets user:alice@example.com (iam.serviceAccounts.getOpenIdToken, in roles/iam.serviceAccountOpenIdTokenCreator)
                                An admin runs: kleos-iam grant alice@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com
              """),
          BrokenWorld.onEmulator(
              "she has no role on an account that no plan has",
              s -> {
                s.plan(
                    Scene.PLAN
                        .replaceFirst("(?s)serviceAccounts:.*services:", "services:")
                        .replace("[kleos-invoker]", "['" + INVOKER + "']"));
                s.world.actors("", "");
              },
              """
              ✗ may act as it   no role on the account or its project lets user:alice@example.com (iam.serviceAccounts.getOpenIdToken, in roles/iam.serviceAccountOpenIdTokenCreator)
                                An admin runs: CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM=http://127.0.0.1:8085/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator gcloud iam service-accounts add-iam-policy-binding kleos-invoker@kleos-demo.iam.gserviceaccount.com --member user:alice@example.com --role roles/iam.serviceAccountOpenIdTokenCreator --condition None --project kleos-demo
              """),
          BrokenWorld.onEmulator(
              "she has no role, and only the admin has a plan",
              s -> {
                s.withoutPlan("kleos-demo");
                s.ask("--service", "us-central1/kleos-service");
                s.world.actors("", "");
              },
              """
              ✗ may act as it   no role on the account or its project lets user:alice@example.com (iam.serviceAccounts.getOpenIdToken, in roles/iam.serviceAccountOpenIdTokenCreator)
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam grant alice@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com --project kleos-demo
              """),
          BrokenWorld.onEmulator(
              "her grant has ended",
              s -> s.world.actors(ALICE, ENDED),
              """
              ✗ may act as it   roles/iam.serviceAccountOpenIdTokenCreator on the account ended at 2026-11-30T00:00:00Z
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam grant alice@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com --replace --for 30d
              """),
          BrokenWorld.onGoogle(
              "her grant holds in office hours",
              s -> s.world.actors(ALICE, OFFICE_HOURS),
              """
              ✗ may act as it   roles/iam.serviceAccountOpenIdTokenCreator on the account: its condition is not met now, "t" (request.time.getHours("UTC") >= 9 && request.time.getHours("UTC") < 17)
                                An admin runs: kleos-iam grant alice@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com --replace --for 30d
              """),
          BrokenWorld.onEmulator(
              "only a group that she is not in has a grant",
              s -> s.world.actors("group:devs@example.com", ""),
              """
              ✗ may act as it   roles/iam.serviceAccountOpenIdTokenCreator on the account to group:devs@example.com, whose members cannot be seen from here, and Google says no: it does not reach user:alice@example.com, or has not spread yet
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam grant alice@example.com --account kleos-invoker@kleos-demo.iam.gserviceaccount.com
              """),
          BrokenWorld.onEmulator(
              "her grant has not spread yet",
              s -> {
                s.world.actors("", "");
                s.late(
                    Duration.ofSeconds(4),
                    () -> s.grant("alice@example.com", "--account", Worldly.ACCOUNT));
              },
              """
              ✗ may act as it   by roles/iam.serviceAccountTokenCreator on the account, but it has not spread yet (2 minutes usually, 7 or more at times), or something denies it
                                KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 KLEOS_IAM_EMULATOR_TOKEN=alice@example.com kleos-iam doctor --wait
              """),
          BrokenWorld.onGoogle(
              "the account's grant has not spread yet",
              s -> {
                s.world.invokers("", "");
                s.late(
                    Duration.ofSeconds(4),
                    () -> s.grant(Worldly.ACCOUNT, "--service", "kleos-service"));
              },
              """
              ✗ answer          403, though the account may invoke it: that has not spread yet (2 minutes usually, 7 or more at times), or something denies it
                                kleos-iam doctor --wait
              """));

  private AccessWorlds() {}
}
