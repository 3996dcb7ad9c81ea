package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.email;
import static dev.kleos.iam.conformance.Stage.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Streams;
import com.google.gson.JsonElement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// `gcloud iam service-accounts`, all but policies and the end of accounts.
@Execution(ExecutionMode.CONCURRENT)
class GcloudAccountsTest {
  private final Stage stage = new Stage();
  private final Gcloud gcloud = stage.admin();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void create_storesIdDisplayNameAndDescription() {
    var created =
        gcloud
            .done(
                "iam service-accounts create kleos-invoker",
                "--display-name=Kleos invoker ✓",
                "--description=Sends \"requests\"")
            .account();

    assertThat(created).isEqualTo(stage.shown(email("kleos-invoker")));
    assertThat(created.getEmail()).isEqualTo("kleos-invoker@kleos-demo.iam.gserviceaccount.com");
    assertThat(created.getDisplayName()).isEqualTo("Kleos invoker ✓");
    assertThat(created.getDescription()).isEqualTo("Sends \"requests\"");
  }

  @Test
  void create_whenTheIdIsTaken_isRefused_andTheAccountStaysAsItIs() {
    var before = stage.shown(stage.account("kleos-invoker"));

    var complaint = gcloud.refused("iam service-accounts create kleos-invoker --description=other");

    assertThat(complaint)
        .contains("Service account ID already exists within project projects/kleos-demo.");
    assertThat(stage.shown(before.getEmail())).isEqualTo(before);
  }

  @Test
  void create_whenTheIdIsInvalid_isRefused() {
    assertThat(gcloud.refused("iam service-accounts create Bad"))
        .contains(
            "Invalid service account ID (Bad). It must have 6 to 30 characters and match"
                + " [a-z]([-a-z0-9]*[a-z0-9]).");
  }

  @Test
  void create_inAMissingProject_isDenied() {
    assertThat(gcloud.refused("iam service-accounts create kleos-invoker --project=nowhere-1"))
        .contains(
            "Permission 'iam.serviceAccounts.create' denied on resource (or it may not exist).");
  }

  @Test
  void describe_byEmailAndByUniqueId_showsTheSameAccount() {
    var account = stage.shown(stage.account("kleos-invoker"));

    assertThat(gcloud.done("iam service-accounts describe " + account.getEmail()).account())
        .isEqualTo(account);
    assertThat(gcloud.done("iam service-accounts describe " + account.getUniqueId()).account())
        .isEqualTo(account);
  }

  @Test
  void list_asksForAllPages() {
    var all =
        IntStream.range(0, 150)
            .mapToObj(i -> stage.account("account-" + i))
            .collect(Collectors.toCollection(TreeSet::new));

    var listed = gcloud.done("iam service-accounts list").json();

    assertThat(emails(listed)).hasSize(150).isEqualTo(all);
    assertThat(stage.calls("ListServiceAccounts")).isEqualTo(2);
  }

  @Test
  void list_findsAnAccountByItsDescription() {
    stage.account("somebody");
    gcloud.done("iam service-accounts create kleos-invoker", "--description=Kleos requests");

    var found = gcloud.done("iam service-accounts list", "--filter=description:Kleos").json();

    assertThat(emails(found)).containsExactly(email("kleos-invoker"));
  }

  @Test
  void update_changesWhatItNames_andNothingElse() {
    var before = stage.shown(stage.account("kleos-invoker"));
    var update = "iam service-accounts update " + before.getEmail();

    gcloud.done(update, "--display-name=one");
    assertThat(stage.shown(before.getEmail()))
        .isEqualTo(before.toBuilder().setDisplayName("one").build());

    gcloud.done(update, "--description=two");
    assertThat(stage.shown(before.getEmail()))
        .isEqualTo(before.toBuilder().setDisplayName("one").setDescription("two").build());

    gcloud.done(update, "--display-name=three", "--description=");
    assertThat(stage.shown(before.getEmail()))
        .isEqualTo(before.toBuilder().setDisplayName("three").build());
  }

  @Test
  void disable_thenEnable_areEachOthersUndoing() {
    var account = stage.shown(stage.account("kleos-invoker"));
    var disabled = account.toBuilder().setDisabled(true).build();

    gcloud.done("iam service-accounts disable " + account.getEmail());
    gcloud.done("iam service-accounts disable " + account.getEmail());
    assertThat(stage.shown(account.getEmail())).isEqualTo(disabled);
    assertThat(gcloud.done("iam service-accounts describe " + account.getEmail()).account())
        .isEqualTo(disabled);

    gcloud.done("iam service-accounts enable " + account.getEmail());
    assertThat(stage.shown(account.getEmail())).isEqualTo(account);
  }

  @Test
  void whatIsDoneToAMissingAccount_isDenied() {
    var nobody = email("nobody");

    assertThat(gcloud.refused("iam service-accounts describe " + nobody))
        .contains("Permission 'iam.serviceAccounts.get' denied on resource");
    assertThat(gcloud.refused("iam service-accounts delete " + nobody))
        .contains("Permission 'iam.serviceAccounts.delete' denied on resource");
  }

  /// gcloud names the project in these, and `-` in those above.
  @Test
  void whatIsDoneToAMissingAccountOfAProject_isNotFound() {
    var nobody = email("nobody");
    var missing = "Service account " + nameOf(nobody) + " does not exist.";

    assertThat(gcloud.refused("iam service-accounts disable " + nobody)).contains(missing);
    assertThat(gcloud.refused("iam service-accounts update " + nobody + " --display-name=x"))
        .contains(missing);
  }

  private static Set<String> emails(JsonElement accounts) {
    return Streams.stream(accounts.getAsJsonArray())
        .map(account -> account.getAsJsonObject().get("email").getAsString())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
