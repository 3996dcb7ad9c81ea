package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.ACCOUNT_USER;
import static dev.kleos.iam.conformance.Stage.INVOKER;
import static dev.kleos.iam.conformance.Stage.PROJECT;
import static dev.kleos.iam.conformance.Stage.SERVICE;
import static dev.kleos.iam.conformance.Stage.email;
import static dev.kleos.iam.conformance.Stage.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.AuditLogConfig.LogType;
import com.google.iam.v1.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What gcloud hears of policies that cannot be, and what differs between kinds of resources.
@Execution(ExecutionMode.CONCURRENT)
class GcloudPolicyRulesTest {
  private static final String ADD_TO_SERVICE =
      "run services add-iam-policy-binding kleos-service --region=us-central1";
  private static final String ADD_TO_PROJECT = "projects add-iam-policy-binding kleos-demo";

  private final Stage stage = new Stage();
  private final Gcloud gcloud = stage.admin();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void add_ofARoleOfAnotherService_isRefused() {
    var account = stage.account("kleos-invoker");
    var addToAccount = "iam service-accounts add-iam-policy-binding " + account;

    assertThat(gcloud.refused(addToAccount + " --member=user:a@example.com --role=" + INVOKER))
        .contains("Role roles/run.invoker is not supported for this resource.");
    assertThat(
            gcloud.refused(ADD_TO_SERVICE + " --member=user:a@example.com --role=" + ACCOUNT_USER))
        .contains("Role roles/iam.serviceAccountUser is not supported for this resource.");
    assertThat(gcloud.refused(ADD_TO_PROJECT + " --member=user:a@example.com --role=run.invoker"))
        .contains("Role run.invoker is not supported for this resource.");

    assertThat(stage.bindings(nameOf(account))).isEmpty();
    assertThat(stage.bindings(SERVICE)).isEmpty();
    assertThat(stage.bindings(PROJECT)).isEmpty();
  }

  @Test
  void add_ofAMemberOfTheWrongType_saysTheRightOne() {
    var account = stage.account("kleos-invoker");
    var add = ADD_TO_SERVICE + " --role=" + INVOKER + " --member=";

    assertThat(gcloud.refused(add + "user:" + account))
        .contains(
            "Account "
                + account
                + " is of type \"serviceAccount\". Please set the type prefix to be"
                + " \"serviceAccount:\".");
    assertThat(gcloud.refused(add + "User:alice@example.com"))
        .contains(
            "The member User:alice@example.com is of an unknown type. Please set a valid type"
                + " prefix for the member.");
    assertThat(stage.bindings(SERVICE)).isEmpty();
  }

  @Test
  void add_ofEverybody_isTakenByAService_andRefusedByAProject() {
    gcloud.done(ADD_TO_SERVICE + " --member=allUsers --role=" + INVOKER);
    assertThat(stage.bindings(SERVICE)).containsExactly(Stage.binding(INVOKER, "allUsers"));

    assertThat(gcloud.refused(ADD_TO_PROJECT + " --member=allUsers --role=roles/run.viewer"))
        .contains("Members of type allUsers are not supported for this resource.");
    assertThat(stage.bindings(PROJECT)).isEmpty();
  }

  @Test
  void addAndGet_onWhatIsMissing_areRefused() {
    var member = " --member=user:a@example.com --role=";
    var nobody = email("nobody");

    assertThat(
            gcloud.refused(
                "iam service-accounts add-iam-policy-binding " + nobody + member + ACCOUNT_USER))
        .contains("Service account " + nameOf(nobody) + " does not exist.");
    assertThat(gcloud.refused("iam service-accounts get-iam-policy " + nobody))
        .contains("Permission 'iam.serviceAccounts.getIamPolicy' denied on resource");
    assertThat(
            gcloud.refused(
                "run services add-iam-policy-binding nobody --region=us-central1"
                    + member
                    + INVOKER))
        .contains(
            "Resource 'nobody' of kind 'SERVICE' in region 'us-central1' in project 'kleos-demo'"
                + " does not exist.");
    assertThat(gcloud.refused("projects get-iam-policy nowhere-1"))
        .contains("The caller does not have permission");
  }

  @Test
  void add_toAProject_keepsItsAuditConfiguration_andSetReplacesIt() {
    var audited =
        AuditConfig.newBuilder()
            .setService("allServices")
            .addAuditLogConfigs(AuditLogConfig.newBuilder().setLogType(LogType.DATA_READ))
            .build();
    stage.given(PROJECT, Policy.newBuilder().addAuditConfigs(audited).build());

    var added =
        gcloud.done(ADD_TO_PROJECT + " --member=user:a@example.com --role=roles/run.viewer");
    assertThat(added.policy()).isEqualTo(stage.world().policy(PROJECT));
    assertThat(added.policy().getAuditConfigsList()).containsExactly(audited);

    var file = stage.file("policy.json", added.out().replace("DATA_READ", "ADMIN_READ"));
    gcloud.done("projects set-iam-policy kleos-demo", file.toString());
    assertThat(stage.world().policy(PROJECT).getAuditConfigs(0).getAuditLogConfigs(0).getLogType())
        .isEqualTo(LogType.ADMIN_READ);
  }
}
