package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptionFactory;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Resource;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class EmulatorAdviceTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Call READING = new Call("iam.serviceAccounts.getIamPolicy", ACCOUNT);
  private static final String ADD =
      " add it to the file of its --world or --state, or mend the plan file.";

  @Test
  void whatItsWorldLacks_isToBeAdded() {
    assertThat(advice(Status.Code.NOT_FOUND, ACCOUNT))
        .isEqualTo("The emulator's world has no such account:" + ADD);
    assertThat(advice(Status.Code.NOT_FOUND, House.SERVICE))
        .isEqualTo("The emulator's world has no such service:" + ADD);
    assertThat(advice(Status.Code.NOT_FOUND, new Resource.Project("p")))
        .isEqualTo("The emulator's world has no such project:" + ADD);
  }

  @Test
  void denial_ofTheOperator_isTheProjectThatIsMissing_orTheAccountOfAnUnknownProject() {
    for (var resource : List.of(ACCOUNT, House.SERVICE, new Resource.Project("kleos-demo"))) {
      assertThat(advice(Status.Code.PERMISSION_DENIED, resource))
          .isEqualTo("The emulator's world has no such project:" + ADD);
    }
    assertThat(advice(Status.Code.PERMISSION_DENIED, new Resource.Account("-", "a@b.example.com")))
        .isEqualTo("The emulator's world has no such account:" + ADD);
  }

  @Test
  void denial_ofAnybodyElse_saysWhoThatIs_whatIsMissing_andWhichRoleHasIt() {
    assertThat(advice(Status.Code.PERMISSION_DENIED, ACCOUNT, "alice@example.com"))
        .isEqualTo(
            "You need iam.serviceAccounts.getIamPolicy on"
                + " projects/kleos-demo/serviceAccounts/invoker@kleos-demo.iam.gserviceaccount.com;"
                + " the narrowest predefined role that has it is roles/iam.serviceAccountViewer. You are"
                + " alice@example.com, by KLEOS_IAM_EMULATOR_TOKEN: have the operator grant it.");
  }

  @Test
  void denial_ofWhomATokenWasIssuedFor_onAnAccountOfAnUnknownProject_saysBothCauses() {
    var account = new Resource.Account("-", "a@b.example.com");
    assertThat(advice(Status.Code.PERMISSION_DENIED, account, EmulatorAdvice.ISSUED))
        .isEqualTo(
            "You need iam.serviceAccounts.getIamPolicy on projects/-/serviceAccounts/a@b.example.com;"
                + " the narrowest predefined role that has it is roles/iam.serviceAccountViewer. Or the"
                + " account does not exist. You are whom the token was issued for, by"
                + " KLEOS_IAM_EMULATOR_TOKEN: have the operator grant it.");
  }

  @Test
  void unknownCaller_isToldOfTheVariable_notOfGooglesLogin() {
    assertThat(advice(Status.Code.UNAUTHENTICATED, ACCOUNT))
        .isEqualTo(
            "The emulator does not know this caller, or its account is disabled or gone: mend"
                + " KLEOS_IAM_EMULATOR_TOKEN, or unset it to be its operator.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "DEADLINE_EXCEEDED"})
  void silence_isNoMatterOfTheNetwork(Status.Code code) {
    assertThat(advice(code, ACCOUNT))
        .isEqualTo(
            "Does the emulator still run? Start it again, on the same --state if it had one. Run"
                + " the same command again; it goes on where this one stopped.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = Mode.EXCLUDE,
      names = {
        "OK",
        "NOT_FOUND",
        "PERMISSION_DENIED",
        "UNAUTHENTICATED",
        "UNAVAILABLE",
        "DEADLINE_EXCEEDED"
      })
  void allElse_isAsWithGoogle(Status.Code code) {
    var error = error(code);
    var google = Errors.of(error, READING);
    CloudException emulator = Errors.ofEmulator(error, READING, "alice@example.com");

    assertThat(emulator).hasSameClassAs(google);
    assertThat(emulator.failure()).isEqualTo(google.failure());
  }

  private static String advice(Status.Code code, Resource resource) {
    return advice(code, resource, EmulatorAdvice.OPERATOR);
  }

  private static String advice(Status.Code code, Resource resource, String caller) {
    var call = new Call("iam.serviceAccounts.getIamPolicy", resource);
    CloudException mapped = Errors.ofEmulator(error(code), call, caller);
    return mapped.failure().advice();
  }

  private static ApiException error(Status.Code code) {
    return ApiExceptionFactory.createException(
        code.toStatus().withDescription("no").asRuntimeException(), GrpcStatusCode.of(code), false);
  }
}
