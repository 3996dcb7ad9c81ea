package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import dev.kleos.iam.model.Resource;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE = House.SERVICE;
  private static final Call WRITING = new Call("iam.serviceAccounts.setIamPolicy", ACCOUNT);

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, NotFound",
    "ALREADY_EXISTS, AlreadyExists",
    "PERMISSION_DENIED, Denied",
    "INVALID_ARGUMENT, Rejected",
    "FAILED_PRECONDITION, Rejected",
    "OUT_OF_RANGE, Rejected",
    "UNAUTHENTICATED, Unavailable",
    "RESOURCE_EXHAUSTED, Transient",
    "UNAVAILABLE, Transient",
    "DEADLINE_EXCEEDED, Transient",
    "INTERNAL, Transient",
    "UNKNOWN, Unavailable",
    "ABORTED, Unavailable",
    "CANCELLED, Unavailable",
    "UNIMPLEMENTED, Unavailable",
    "DATA_LOSS, Unavailable"
  })
  void eachCode_isOneKindOfFailure_inGooglesOwnWords(Status.Code code, String kind) {
    var mapped = Errors.of(error(code, "Google's words: as they are."), WRITING);

    assertThat(mapped.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(mapped.failure().code()).isEqualTo(code.name());
    assertThat(mapped.failure().resource()).isEqualTo(ACCOUNT.name());
    assertThat(mapped.failure().message()).isEqualTo("Google's words: as they are.");
    assertThat(mapped.failure().culprit()).isNull();
  }

  /// gRPC knows 502, 503 and 504 of HTTP, and calls the others UNKNOWN.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP status code 500\\nmissing GRPC status | Transient",
        "HTTP status code 418 | Unavailable",
        "Something else | Unavailable"
      })
  void anUnknownError_passes_whereItIsAServerErrorOfHttp(String text, String kind) {
    assertThat(Errors.of(error(Status.Code.UNKNOWN, text), WRITING).getClass().getSimpleName())
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "iam.serviceAccounts.get, roles/iam.serviceAccountViewer",
    "iam.serviceAccounts.list, roles/iam.serviceAccountViewer",
    "iam.serviceAccounts.create, roles/iam.serviceAccountCreator",
    "iam.serviceAccounts.update, roles/iam.serviceAccountAdmin",
    "iam.serviceAccounts.getIamPolicy, roles/iam.serviceAccountViewer",
    "iam.serviceAccounts.setIamPolicy, roles/iam.serviceAccountAdmin",
    "run.services.get, roles/run.viewer",
    "run.services.getIamPolicy, roles/iam.securityReviewer",
    "run.services.setIamPolicy, roles/run.admin",
    "resourcemanager.projects.get, roles/browser",
    "resourcemanager.projects.getIamPolicy, roles/browser",
    "resourcemanager.projects.setIamPolicy, roles/resourcemanager.projectIamAdmin"
  })
  void aDenial_namesThePermission_theResource_andTheNarrowestRole(String permission, String role) {
    assertThat(advice(Status.Code.PERMISSION_DENIED, "denied", new Call(permission, SERVICE)))
        .isEqualTo(
            "You need "
                + permission
                + " on projects/kleos-demo/locations/us-central1/services/kleos-service; the"
                + " narrowest predefined role that has it is "
                + role
                + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SERVICE_DISABLED | Enable the API: gcloud services enable run.googleapis.com --project "
            + "kleos-demo",
        "USER_PROJECT_DENIED | Set the quota project to one that you may use: gcloud auth "
            + "application-default set-quota-project kleos-demo",
        "SECURITY_POLICY_VIOLATED | A VPC Service Controls perimeter forbids this call: make it from"
            + " inside the perimeter, or ask whoever runs it for an access level."
      })
  void aDenial_thatIsNotAboutAPermission_getsTheAdviceOfItsReason(String reason, String advice) {
    var denied =
        denied(
            ErrorInfo.newBuilder()
                .setReason(reason)
                .putMetadata("service", "run.googleapis.com")
                .build());

    assertThat(Errors.of(denied, WRITING).failure().advice()).isEqualTo(advice);
  }

  /// Calls are counted for the quota project, wherever the resource is; what cannot be a project is
  /// no part of a command.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "projects/elsewhere            | elsewhere            | elsewhere",
        "projects/222222222222         | 222222222222         | 222222222222",
        "projects/example.com:elsewhere | example.com:elsewhere | example.com:elsewhere",
        "''                            | ''                   | kleos-demo",
        "projects/                     | ''                   | kleos-demo",
        "projects/-                    | ''                   | kleos-demo",
        "projects/--quiet              | ''                   | kleos-demo",
        "projects/a;reboot             | ''                   | kleos-demo",
        "projects/a/b                  | ''                   | kleos-demo",
        "elsewhere                     | ''                   | kleos-demo"
      })
  void anApiThatIsOff_isEnabledInTheProjectThatTheCallIsCountedFor(
      String consumer, String carried, String project) {
    var mapped = Errors.of(disabled(consumer), WRITING);

    assertThat(mapped)
        .isInstanceOfSatisfying(
            CloudException.Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.API_DISABLED);
              assertThat(denied.api()).isEqualTo("run.googleapis.com");
              assertThat(denied.consumer()).isEqualTo(carried);
            });
    assertThat(mapped.failure().advice())
        .isEqualTo(
            "Enable the API: gcloud services enable run.googleapis.com --project " + project);
  }

  @Test
  void anApiThatIsOff_whoKnowsWhere_isEnabledInAProjectThatIsToBeFilledIn() {
    var account = Resource.Account.ofEmail("1-compute@developer.gserviceaccount.com");
    var call = new Call("iam.serviceAccounts.getIamPolicy", account);
    var nameless = denied(ErrorInfo.newBuilder().setReason("SERVICE_DISABLED").build());

    assertThat(Errors.of(disabled(""), call).failure().advice())
        .isEqualTo("Enable the API: gcloud services enable run.googleapis.com --project PROJECT");
    assertThat(Errors.of(nameless, call).failure().advice())
        .isEqualTo("Enable the API in the project that calls are counted for.");
  }

  private static ApiException disabled(String consumer) {
    return denied(
        ErrorInfo.newBuilder()
            .setReason("SERVICE_DISABLED")
            .putMetadata("service", "run.googleapis.com")
            .putMetadata("consumer", consumer)
            .build());
  }

  @Test
  void aDenial_believesGoogle_whereItSaysWhichPermissionIsMissing() {
    var denied =
        denied(
            ErrorInfo.newBuilder()
                .setReason("IAM_PERMISSION_DENIED")
                .putMetadata("permission", "run.services.setIamPolicy")
                .build());

    assertThat(Errors.of(denied, WRITING).failure().advice())
        .startsWith("You need run.services.setIamPolicy on ")
        .contains("roles/run.admin");
  }

  /// A login without a quota project has its calls counted for gcloud's own project.
  @ParameterizedTest
  @CsvSource({
    "projects/764086051850, Cloud Run Admin API has not been used in project 764086051850 before",
    "projects/32555940559, denied",
    "projects/123456789012, The run.googleapis.com API requires a quota project",
    "'', API has not been used in project 32555940559 before or it is disabled."
  })
  void aDenial_forWantOfAQuotaProject_getsTheCommandThatSetsOne(String consumer, String text) {
    var info =
        ErrorInfo.newBuilder()
            .setReason("SERVICE_DISABLED")
            .putMetadata("service", "run.googleapis.com")
            .putMetadata("consumer", consumer)
            .build();

    var mapped = Errors.of(denied(info, text), WRITING);

    assertThat(mapped)
        .isInstanceOfSatisfying(
            CloudException.Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.QUOTA_PROJECT);
              assertThat(denied.consumer()).isNotIn("764086051850", "32555940559");
            });
    assertThat(mapped.failure().advice())
        .isEqualTo(
            "Set the quota project to one that you may use: gcloud auth application-default"
                + " set-quota-project kleos-demo");
  }

  private static ApiException denied(ErrorInfo info) {
    return denied(info, "");
  }

  private static ApiException denied(ErrorInfo info, String text) {
    var details = ErrorDetails.builder().setRawErrorMessages(List.of(Any.pack(info))).build();
    return ApiExceptionFactory.createException(
        Status.PERMISSION_DENIED.withDescription(text).asRuntimeException(),
        GrpcStatusCode.of(Status.Code.PERMISSION_DENIED),
        false,
        details);
  }

  @Test
  void aDenial_ofAPermissionWeKnowNoRoleFor_namesThePermissionAlone() {
    assertThat(
            advice(Status.Code.PERMISSION_DENIED, "denied", new Call("run.revisions.get", SERVICE)))
        .isEqualTo("You need run.revisions.get on " + SERVICE.name() + ".");
  }

  /// With the wildcard project, an absent account answers 403, not 404.
  @Test
  void aDenial_underTheWildcardProject_mayBeAnAbsentAccount() {
    var account = Resource.Account.ofEmail("1-compute@developer.gserviceaccount.com");

    assertThat(
            advice(
                Status.Code.PERMISSION_DENIED,
                "denied",
                new Call("iam.serviceAccounts.getIamPolicy", account)))
        .endsWith("Or the account does not exist.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Service account a@p.iam.gserviceaccount.com does not exist."
            + " | serviceAccount:a@p.iam.gserviceaccount.com",
        "User x@example.com does not exist. | user:x@example.com",
        "User user:x@example.com does not exist. | user:x@example.com",
        "Group g@example.com does not exist. | group:g@example.com",
        "Domain example.com does not exist. | domain:example.com",
        "Account x@example.com is of type \"user\". Please set the type prefix to be \"user:\"."
            + " | x@example.com",
        "The member foo:x is of an unknown type. Please set a valid type prefix for the member."
            + " | foo:x"
      })
  void aBadMember_isTheCulprit(String text, String culprit) {
    var failure = Errors.of(error(Status.Code.INVALID_ARGUMENT, text), WRITING).failure();

    assertThat(failure.culprit()).isEqualTo(culprit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Account g@example.com is of type \"group\". Please set the type prefix to be \"group:\"."
            + " | group:g@example.com",
        "Account user:g@example.com is of type \"group\". Please set the type prefix to be"
            + " \"group:\". | group:g@example.com",
        "Account group:X@example.com is of type \"user\". Please set the type prefix to be"
            + " \"user:\". | user:X@example.com",
        "Account a@p.iam.gserviceaccount.com is of type \"serviceAccount\". Please set the type"
            + " prefix to be \"serviceAccount:\". | serviceAccount:a@p.iam.gserviceaccount.com",
        "Bad. Account g@example.com is of type \"group\". Please set the type prefix to be"
            + " \"group:\". Sorry. | group:g@example.com"
      })
  void aMemberOfAnotherType_isCorrected(String text, String correction) {
    var failure = Errors.of(error(Status.Code.INVALID_ARGUMENT, text), WRITING).failure();

    assertThat(failure.correction()).isEqualTo(correction);
    assertThat(failure.withAdvice("Other.").correction()).isEqualTo(correction);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User x@example.com does not exist.",
        "Account x@example.com is of type \"user\".",
        "The member foo:x is of an unknown type. Please set a valid type prefix for the member."
      })
  void aBadMember_thatGoogleSpellsNoOtherWay_isNotCorrected(String text) {
    var failure = Errors.of(error(Status.Code.INVALID_ARGUMENT, text), WRITING).failure();

    assertThat(failure.culprit()).isNotNull();
    assertThat(failure.correction()).isNull();
  }

  @Test
  void anOverdueAnswer_isToldWithoutTheLibrarysAccounts() {
    var text = "CallOptions deadline exceeded after 9.98s. Name resolution delay 0s. [closed=[]]";
    var failure = Errors.of(error(Status.Code.DEADLINE_EXCEEDED, text), WRITING).failure();

    assertThat(failure.message()).isEqualTo("deadline exceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FAILED_PRECONDITION | One or more users named in the policy do not belong to a permitted"
            + " customer,  perhaps due to an organization policy. | domain-restricted sharing",
        "INVALID_ARGUMENT | Role roles/x is not supported for this resource. | Remove that role",
        "INVALID_ARGUMENT | User x@example.com does not exist. | Check the spelling",
        "INVALID_ARGUMENT | Account x is of type \"user\". Please set the type prefix to be"
            + " \"user:\". | Mend the prefix",
        "UNAUTHENTICATED | no | gcloud auth application-default login",
        "RESOURCE_EXHAUSTED | Quota exceeded. | A quota of calls was reached. Run the same",
        "UNAVAILABLE | no | check the network",
        "DEADLINE_EXCEEDED | no | did not answer in time",
        "INTERNAL | no | Run the same command again"
      })
  void everyFailure_saysWhatToDo(Status.Code code, String text, String advice) {
    assertThat(advice(code, text, WRITING)).contains(advice);
  }

  @Test
  void anExhaustedQuotaOfAccounts_isNoReasonToWait() {
    assertThat(
            advice(
                Status.Code.RESOURCE_EXHAUSTED,
                "Maximum number of service accounts on project reached.",
                new Call("iam.serviceAccounts.create", ACCOUNT)))
        .contains("quota", "delete unused ones")
        .doesNotContain("wait");
  }

  @Test
  void whatIsNotFound_isToBeCreatedOrMended() {
    assertThat(advice(Status.Code.NOT_FOUND, "no", new Call("x", ACCOUNT))).contains("kleos-demo");
    assertThat(advice(Status.Code.NOT_FOUND, "no", new Call("x", SERVICE)))
        .contains("gcloud run services list --project kleos-demo");
    assertThat(advice(Status.Code.NOT_FOUND, "no", new Call("x", new Resource.Project("p"))))
        .contains("project id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FAILED_PRECONDITION | There were concurrent policy changes. Please retry. | true",
        "FAILED_PRECONDITION | One or more users do not belong to a permitted customer. | false",
        "INVALID_ARGUMENT | There were concurrent policy changes. Please retry. | false"
      })
  void aStaleEtag_mayAlsoBeSaidByAFailedPrecondition(Status.Code code, String text, boolean stale) {
    assertThat(Errors.isStaleEtag(error(code, text))).isEqualTo(stale);
  }

  private static String advice(Status.Code code, String text, Call call) {
    CloudException mapped = Errors.of(error(code, text), call);
    return mapped.failure().advice();
  }

  private static ApiException error(Status.Code code, String text) {
    return ApiExceptionFactory.createException(
        code.toStatus().withDescription(text).asRuntimeException(), GrpcStatusCode.of(code), false);
  }
}
