package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.google.iam.admin.v1.EnableServiceAccountRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountChangesTest {
  private final Google google = Google.demo();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void list_pagesThroughAllLiveAccounts() {
    for (var i = 100; i < 130; i++) {
      google.create("account-" + i);
    }
    google.delete("account-105");
    google.emulator.world().ensureProject("another");

    var request = ListServiceAccountsRequest.newBuilder().setName(PROJECT);
    var first = google.iam.listServiceAccounts(request.build());
    var second =
        google.iam.listServiceAccounts(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getAccountsCount()).isEqualTo(20);
    assertThat(second.getAccountsCount()).isEqualTo(9);
    assertThat(second.getNextPageToken()).isEmpty();
    var all = new ArrayList<>(first.getAccountsList());
    all.addAll(second.getAccountsList());
    assertThat(all).extracting(ServiceAccount::getEmail).doesNotHaveDuplicates().isSorted();
    assertThat(
            google
                .iam
                .listServiceAccounts(request.setName("projects/another").clearPageToken().build())
                .getAccountsCount())
        .isZero();
  }

  @Test
  void list_neverHasMoreThan100OnAPage() {
    for (var i = 100; i < 201; i++) {
      google.create("account-" + i);
    }
    var request =
        ListServiceAccountsRequest.newBuilder().setName(PROJECT).setPageSize(1000).build();

    assertThat(google.iam.listServiceAccounts(request).getAccountsCount()).isEqualTo(100);
  }

  @Test
  void list_withBadTokenOrSize_isInvalid() {
    var request = ListServiceAccountsRequest.newBuilder().setName(PROJECT);

    assertThat(
            failure(() -> google.iam.listServiceAccounts(request.setPageToken("?").build()))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(
            failure(() ->
                    google.iam.listServiceAccounts(
                        request.clearPageToken().setPageSize(-1).build()))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void patch_answersWithNameAndPatchedFieldsOnly() {
    var created = google.create("invoker");

    var answer = patch("description", "display_name");

    assertThat(answer)
        .isEqualTo(
            ServiceAccount.newBuilder()
                .setName(created.getName())
                .setDisplayName("New name")
                .setDescription("New description")
                .build());
    assertThat(get(created.getName()))
        .isEqualTo(
            created.toBuilder()
                .setDisplayName("New name")
                .setDescription("New description")
                .build());
  }

  @Test
  void patch_leavesAloneWhatTheMaskDoesNotName() {
    google.create("invoker");

    assertThat(patch("display_name").getDescription()).isEmpty();
    assertThat(get(account("invoker")).getDescription()).isEmpty();
  }

  @Test
  void patch_withOtherFieldOrNoMask_isInvalid() {
    google.create("invoker");

    assertThat(failure(() -> patch("email")).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure(this::patch).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void disable_showsUntilEnabled_whichMayBeRepeated() {
    google.create("invoker");
    var disable = DisableServiceAccountRequest.newBuilder().setName(account("invoker")).build();
    var enable = EnableServiceAccountRequest.newBuilder().setName(account("invoker")).build();

    google.iam.disableServiceAccount(disable);
    google.iam.disableServiceAccount(disable);
    assertThat(get(account("invoker")).getDisabled()).isTrue();

    google.iam.enableServiceAccount(enable);
    google.iam.enableServiceAccount(enable);
    assertThat(get(account("invoker")).getDisabled()).isFalse();
  }

  @Test
  void update_whichIsDeprecated_isUnimplemented() {
    var account = google.create("invoker");

    assertThat(failure(() -> google.iam.updateServiceAccount(account)).getStatus().getCode())
        .isEqualTo(Code.UNIMPLEMENTED);
  }

  private ServiceAccount get(String name) {
    return google.iam.getServiceAccount(
        GetServiceAccountRequest.newBuilder().setName(name).build());
  }

  private ServiceAccount patch(String... mask) {
    var account =
        ServiceAccount.newBuilder()
            .setName(account("invoker"))
            .setDisplayName("New name")
            .setDescription("New description");
    var paths = FieldMask.newBuilder();
    for (var path : mask) {
      paths.addPaths(path);
    }
    return google.iam.patchServiceAccount(
        PatchServiceAccountRequest.newBuilder()
            .setServiceAccount(account)
            .setUpdateMask(paths)
            .build());
  }
}
