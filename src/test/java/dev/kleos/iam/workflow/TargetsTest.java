package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planfile.PlanCompiler;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
  private static final Resource.Account INVOKER =
      Resource.Account.inProject("kleos-demo", "kleos-invoker");
  private static final String REFERRED = "deployer@other-project.iam.gserviceaccount.com";
  private static final String HEAD = "version: 1\nproject: kleos-demo\nregion: us-central1\n";
  private static final String ONE =
      HEAD + "serviceAccounts: {kleos-invoker: {}, " + REFERRED + ": {}}\n";
  private static final String TWO =
      HEAD + "serviceAccounts: {kleos-invoker: {}, kleos-reader: {}}\n";
  private static final String NONE = HEAD + "services: {kleos-service: {}}\n";

  private final FakeCloud cloud = FakeCloud.of("kleos-demo");

  @Test
  void theOnlyAccountThatThePlanCreates_isMeant_whateverItRefersTo() {
    assertThat(account(ONE)).isEqualTo(INVOKER);
  }

  @Test
  void severalAccounts_areListed() {
    assertThatThrownBy(() -> account(TWO))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(
            "there are several accounts: kleos-invoker@kleos-demo.iam.gserviceaccount.com,"
                + " kleos-reader@kleos-demo.iam.gserviceaccount.com; say which with --account");
  }

  @Test
  void anAccount_isNamedByIdOrAddress() {
    assertThat(targets(TWO).account("kleos-invoker", cloud.accounts())).isEqualTo(INVOKER);
    assertThat(targets(TWO).account(INVOKER.email(), cloud.accounts())).isEqualTo(INVOKER);
    assertThat(targets(ONE).account(REFERRED, cloud.accounts()).email()).isEqualTo(REFERRED);
  }

  @Test
  void anAccountThatThePlanDoesNotHave_isAnError_withTheNearest() {
    assertThatThrownBy(() -> targets(TWO).account("kleos-invokr", cloud.accounts()))
        .hasMessage("the plan has no account \"kleos-invokr\"; did you mean \"kleos-invoker\"?");
  }

  @Test
  void aPlanWithoutAccounts_getsTheOneThatIsDescribedSo() {
    cloud.with(new ServiceAccount(INVOKER, "", "The KLEOS INVOKER - Panoply", "1", false));
    cloud.with(
        new ServiceAccount(
            Resource.Account.inProject("kleos-demo", "another"), "Another", "", "2", false));

    assertThat(account(NONE)).isEqualTo(INVOKER);
  }

  @Test
  void noneOrSeveralThatAreDescribedSo_areAnError() {
    assertThatThrownBy(() -> account(NONE))
        .hasMessage(
            "the plan has no account, and none of the project kleos-demo says \"Kleos invoker\" in"
                + " its description; say which with --account");

    cloud.with(new ServiceAccount(INVOKER, "Kleos invoker", "", "1", false));
    cloud.with(
        new ServiceAccount(
            Resource.Account.inProject("kleos-demo", "kleos-second"),
            "Kleos invoker",
            "",
            "2",
            false));
    assertThatThrownBy(() -> account(NONE))
        .hasMessage(
            "the plan has no account, and several of the project kleos-demo say \"Kleos invoker\""
                + " in their description: kleos-invoker@kleos-demo.iam.gserviceaccount.com,"
                + " kleos-second@kleos-demo.iam.gserviceaccount.com; say which with --account");
  }

  @Test
  void aPlanWithoutAccounts_takesTheOneThatIsNamed_asItIs() {
    assertThat(targets(NONE).account("kleos-invoker", cloud.accounts())).isEqualTo(INVOKER);
    assertThat(targets(NONE).account(REFERRED, cloud.accounts()).email()).isEqualTo(REFERRED);
  }

  /// As a plan file and `--delegates` take it.
  @Test
  void anAccount_mayBeNamedWithItsType_whetherThePlanHasAccountsOrNot() {
    var named = "serviceAccount:" + INVOKER.email();

    assertThat(targets(NONE).account(named, cloud.accounts())).isEqualTo(INVOKER);
    assertThat(targets(NONE).any(named)).isEqualTo(INVOKER);
    assertThat(
            targets(HEAD + "serviceAccounts: {kleos-invoker: {}}\n")
                .account(named, cloud.accounts()))
        .isEqualTo(INVOKER);
  }

  /// It becomes a part of commands to copy.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a;reboot@kleos-demo.iam.gserviceaccount.com | \"a;reboot@kleos-demo.iam.gserviceaccount.com\" is no e-mail address; write e.g. alice@example.com",
        "kleos-invoker@ | \"kleos-invoker@\" is no e-mail address; write e.g. alice@example.com",
        "alice@example.com | \"alice@example.com\" is no service account"
      })
  void whatIsNoAccountsAddress_isAnError_whetherThePlanHasAccountsOrNot(
      String named, String problem) {
    assertThatThrownBy(() -> targets(NONE).account(named, cloud.accounts()))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(problem);
    assertThatThrownBy(() -> targets(NONE).beside(named, cloud.accounts())).hasMessage(problem);
    assertThatThrownBy(() -> targets(NONE).any(named)).hasMessage(problem);
  }

  @Test
  void aService_isNamedWithOrWithoutItsRegion() {
    var service = new Resource.Service("kleos-demo", "us-central1", "kleos-service");

    assertThat(targets(NONE).service("kleos-service")).isEqualTo(service);
    assertThat(targets(NONE).service("us-central1/kleos-service")).isEqualTo(service);
  }

  @Test
  void aServiceInTwoRegions_takesItsRegion() {
    var targets = targets(HEAD + "services: {kleos-service: {}, europe-west1/kleos-service: {}}\n");

    assertThatThrownBy(() -> targets.service("kleos-service"))
        .hasMessage(
            "there are several services: us-central1/kleos-service, europe-west1/kleos-service;"
                + " say which with --service");
    assertThat(targets.service("europe-west1/kleos-service").region()).isEqualTo("europe-west1");
  }

  @Test
  void aServiceThatThePlanDoesNotHave_isAnError() {
    assertThatThrownBy(() -> targets(NONE).service("billing"))
        .hasMessage("the plan has no service \"billing\"; it has us-central1/kleos-service");
    assertThatThrownBy(() -> targets(ONE).service("billing"))
        .hasMessage("the plan has no service; write it into the plan file");
  }

  private Resource.Account account(String plan) {
    return targets(plan).account(null, cloud.accounts());
  }

  private static Targets targets(String plan) {
    return new Targets(
        PlanCompiler.compile(
            List.of(PlanSource.of("plan.yaml", plan)), Settings.NONE, RandomIam.NOW));
  }
}
