package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.INVOKER;
import static dev.kleos.iam.conformance.Stage.SERVICE;
import static dev.kleos.iam.conformance.Stage.binding;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The end of accounts, and what policies say of them then.
@Execution(ExecutionMode.CONCURRENT)
class GcloudDeletionTest {
  private static final String SHOW_POLICY =
      "run services get-iam-policy kleos-service --region=us-central1";

  private final Stage stage = new Stage();
  private final Gcloud gcloud = stage.admin();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void delete_marksTheMemberEverywhere_andUndeleteRestoresIt() {
    var account = stage.shown(stage.account("kleos-invoker"));
    var member = "serviceAccount:" + account.getEmail();
    stage.given(SERVICE, binding(INVOKER, member, "user:alice@example.com"));

    gcloud.done("iam service-accounts delete " + account.getEmail());

    var deleted = "deleted:" + member + "?uid=" + account.getUniqueId();
    assertThat(gcloud.done(SHOW_POLICY).policy().getBindingsList())
        .containsExactly(binding(INVOKER, deleted, "user:alice@example.com"));
    assertThat(gcloud.refused("iam service-accounts describe " + account.getEmail()))
        .contains("Permission 'iam.serviceAccounts.get' denied on resource");

    gcloud.done("iam service-accounts undelete " + account.getUniqueId());

    assertThat(stage.shown(account.getEmail())).isEqualTo(account);
    assertThat(gcloud.done(SHOW_POLICY).policy().getBindingsList())
        .containsExactly(binding(INVOKER, member, "user:alice@example.com"));
  }

  @Test
  void aSuccessor_hasNoneOfTheGrants_andKeepsTheDeletedOneFromReturning() {
    var account = stage.shown(stage.account("kleos-invoker"));
    stage.given(SERVICE, binding(INVOKER, "serviceAccount:" + account.getEmail()));
    gcloud.done("iam service-accounts delete " + account.getEmail());
    var deleted = stage.bindings(SERVICE);

    var successor = gcloud.done("iam service-accounts create kleos-invoker").account();
    var complaint = gcloud.refused("iam service-accounts undelete " + account.getUniqueId());

    assertThat(complaint)
        .contains("Service account ID already exists within project projects/kleos-demo.");
    assertThat(successor.getUniqueId()).isNotEqualTo(account.getUniqueId());
    assertThat(stage.shown(account.getEmail())).isEqualTo(successor);
    assertThat(stage.bindings(SERVICE)).isEqualTo(deleted);
  }

  @Test
  void undelete_ofAnAccountThatNeverWas_isRefused() {
    assertThat(gcloud.refused("iam service-accounts undelete 123456789012345678901"))
        .contains("Permission 'iam.serviceAccounts.undelete' denied on resource");
  }

  @Test
  void remove_ofADeletedMember_leavesTheOthers() {
    var account = stage.shown(stage.account("kleos-invoker"));
    var member = "serviceAccount:" + account.getEmail();
    stage.given(SERVICE, binding(INVOKER, member, "user:alice@example.com"));
    gcloud.done("iam service-accounts delete " + account.getEmail());

    gcloud.done(
        "run services remove-iam-policy-binding kleos-service --region=us-central1",
        "--role=" + INVOKER,
        "--member=deleted:" + member + "?uid=" + account.getUniqueId());

    assertThat(stage.bindings(SERVICE)).containsExactly(binding(INVOKER, "user:alice@example.com"));
  }
}
