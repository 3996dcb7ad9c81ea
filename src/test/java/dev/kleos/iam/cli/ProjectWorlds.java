package dev.kleos.iam.cli;

import dev.kleos.iam.google.GoogleOnLoopback;
import java.util.List;

/// What can be wrong with the project and what is in it.
final class ProjectWorlds {
  static final List<BrokenWorld> ALL =
      List.of(
          BrokenWorld.onGoogle(
              "the project mistyped",
              s -> {
                s.withoutPlan("kleos-demp");
                s.ask("--service", "us-central1/kleos-service");
              },
              """
              ✗ project         there is no kleos-demp, or you may see nothing of it; gcloud works in kleos-demo
                                kleos-iam doctor --service us-central1/kleos-service --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the project mistyped in the plan",
              s -> s.plan(Scene.PLAN.replace("project: kleos-demo", "project: kleos-demp")),
              """
              ✗ project         there is no kleos-demp, or you may see nothing of it; gcloud works in kleos-demo
                                If that is meant, write it into the plan file.
              """),
          BrokenWorld.onEmulator(
              "the API of IAM Credentials is off",
              s -> s.world.disable("iamcredentials.googleapis.com"),
              """
              ✗ APIs            iamcredentials.googleapis.com is not enabled in kleos-demo
                                An admin runs: CLOUDSDK_API_ENDPOINT_OVERRIDES_SERVICEUSAGE=http://127.0.0.1:8085/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator gcloud services enable iamcredentials.googleapis.com --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the API of Cloud Run is off",
              s -> s.world.disable("run.googleapis.com"),
              """
              ✗ APIs            run.googleapis.com is not enabled in kleos-demo
                                An admin runs: gcloud services enable run.googleapis.com --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "three APIs are off",
              s ->
                  s.world.disable(
                      "iam.googleapis.com", "iamcredentials.googleapis.com", "run.googleapis.com"),
              """
              ✗ APIs            iam.googleapis.com, iamcredentials.googleapis.com, run.googleapis.com are not enabled in kleos-demo
                                An admin runs: gcloud services enable iam.googleapis.com iamcredentials.googleapis.com run.googleapis.com --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the account of the plan was deleted",
              s -> s.world.deleted(),
              """
              ✗ account         kleos-invoker@kleos-demo.iam.gserviceaccount.com was deleted; up to 30 days later it can be had back with its grants
                                An admin runs: gcloud iam service-accounts undelete 100000000000000000001 --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the account is mistyped by somebody who sees no accounts",
              s -> {
                s.withoutPlan("kleos-demo");
                s.ask("--account", "kleos-invokr", "--service", "us-central1/kleos-service");
                s.world.withoutSightOfTheProject();
              },
              """
              ✗ account         there is no kleos-invokr@kleos-demo.iam.gserviceaccount.com
                                Check the name; an admin of the project sees which there are.
              """),
          BrokenWorld.onGoogle(
              "the API of Cloud Run is off in another project, which calls are counted for",
              s -> {
                s.adc(
                    GoogleOnLoopback.login("alice@example.com", "alice@example.com", "elsewhere"));
                s.world.countedFor("elsewhere");
                s.world.disableIn("elsewhere", "run.googleapis.com");
              },
              """
              ✗ APIs            run.googleapis.com is not enabled in elsewhere
                                An admin runs: gcloud services enable run.googleapis.com --project elsewhere
              """),
          BrokenWorld.onEmulator(
              "the account is in the plan and not there",
              s -> s.world.withoutAccount(),
              """
              ✗ account         kleos-invoker@kleos-demo.iam.gserviceaccount.com is in the plan and not in the project
                                An admin runs: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam apply
              """),
          BrokenWorld.onGoogle(
              "the account is mistyped",
              s -> {
                s.withoutPlan("kleos-demo");
                s.ask("--account", "kleos-invokr", "--service", "us-central1/kleos-service");
              },
              """
              ✗ account         there is no kleos-invokr@kleos-demo.iam.gserviceaccount.com; there is kleos-invoker@kleos-demo.iam.gserviceaccount.com
                                kleos-iam doctor --account kleos-invoker --service us-central1/kleos-service --project kleos-demo
              """),
          BrokenWorld.onEmulator(
              "the account is disabled",
              s -> s.world.account("disabled", "true"),
              """
              ✗ account         kleos-invoker@kleos-demo.iam.gserviceaccount.com is disabled: Google makes no tokens for it
                                An admin runs: CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM=http://127.0.0.1:8085/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator gcloud iam service-accounts enable kleos-invoker@kleos-demo.iam.gserviceaccount.com --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the account was created again",
              s -> s.world.recreated(),
              """
              ✗ account         kleos-invoker@kleos-demo.iam.gserviceaccount.com was deleted and created again: what was granted before is not granted to this one
                                An admin runs: kleos-iam apply
              """),
          BrokenWorld.onGoogle(
              "no account says that it is the Kleos invoker",
              s -> {
                s.withoutPlan("kleos-demo");
                s.ask("--service", "us-central1/kleos-service");
                s.world.account("description", "\"\"");
              },
              """
              ✗ account         the plan has no account, and none of the project kleos-demo says "Kleos invoker" in its description
                                Name it with --account.
              """),
          BrokenWorld.onEmulator(
              "the service is mistyped",
              s -> {
                s.withoutPlan("kleos-demo");
                s.ask("--service", "us-central1/kleos-servise");
              },
              """
              ✗ service         kleos-servise is not deployed in us-central1; there is us-central1/kleos-service
                                KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 KLEOS_IAM_EMULATOR_TOKEN=alice@example.com kleos-iam doctor --service us-central1/kleos-service --project kleos-demo
              """),
          BrokenWorld.onGoogle(
              "the service is in another region",
              s -> s.world.move(Worldly.SERVICE.replace("us-central1", "europe-west1")),
              """
              ✗ service         kleos-service is not deployed in us-central1; there is europe-west1/kleos-service
                                kleos-iam doctor --service europe-west1/kleos-service
              """),
          BrokenWorld.onEmulator(
              "the service is not deployed at all",
              s -> s.world.move(Worldly.SERVICE.replace("kleos-service", "dashboard")),
              """
              ✗ service         kleos-service is not deployed in us-central1
                                Deploy it, or name another one with --service.
              """),
          BrokenWorld.onEmulator(
              "tokens for an audience that the service does not take",
              s -> s.ask("--audience", "https://kleos.example.com"),
              """
              ✗ service         http://127.0.0.1:8085/run/kleos-demo/us-central1/kleos-service takes no token for the audience https://kleos.example.com
                                An admin runs: CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN=http://127.0.0.1:8085/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator gcloud run services update kleos-service --region us-central1 --project kleos-demo --add-custom-audiences=https://kleos.example.com
              """),
          BrokenWorld.onEmulator(
              "the service is for callers inside alone",
              s -> s.world.service("ingress", "\"internal\""),
              """
              ✗ answer          The service is for callers inside its project's networks, or by its load balancer, alone (its ingress is internal), and this is none
                                Call it from inside, or have its owner open its ingress.
              """),
          BrokenWorld.onEmulator(
              "a service that only its load balancer reaches",
              s -> s.world.service("ingress", "\"internal-and-cloud-load-balancing\""),
              """
              ✗ answer          The service is for callers inside its project's networks, or by its load balancer, alone (its ingress is internal), and this is none
                                Call it from inside, or have its owner open its ingress.
              """),
          BrokenWorld.onGoogle(
              "the service fails",
              s -> s.world.service("answers", "503"),
              """
              ✗ answer          The call got through, and the service itself answers with 503
                                Its program fails; the service's log says why.
              """),
          BrokenWorld.onEmulator(
              "a token of the emulator that is none of it",
              s -> s.set("KLEOS_IAM_EMULATOR_TOKEN", "kleos-emulator.stale.token"),
              """
              ✗ credentials     the emulator does not know whom KLEOS_IAM_EMULATOR_TOKEN names
                                unset KLEOS_IAM_EMULATOR_TOKEN
              """),
          BrokenWorld.onEmulator(
              "the address is not hers to see",
              s -> s.world.plainUser(),
              """
              ✗ service         there is no us-central1/kleos-service, or you may not see its address (run.services.get, in roles/run.viewer); if you know it: --service https://…
                                An admin runs: CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN=http://127.0.0.1:8085/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator gcloud run services add-iam-policy-binding kleos-service --region us-central1 --project kleos-demo --member user:alice@example.com --role roles/run.viewer --condition None
              """));

  private ProjectWorlds() {}
}
