package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.protobuf.FieldMask;
import dev.kleos.iam.cloud.Accounts;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Service accounts by the IAM Admin client.
final class GoogleAccounts implements Accounts {
  /// Google's default is 20. Source: the API's own description.
  private static final int LARGEST_PAGE = 100;

  /// What has no such address is no account that could be named in a call.
  private static final Pattern EMAIL = Pattern.compile("[\\w.-]{1,64}@[\\w.-]{1,253}");

  private final Clients clients;

  GoogleAccounts(Clients clients) {
    this.clients = clients;
  }

  @Override
  public Optional<ServiceAccount> find(Resource.Account account) {
    try {
      return Optional.of(unwire(account, clients.iam().getServiceAccount(account.name())));
    } catch (ApiException e) {
      var failure = clients.error(e, new Call("iam.serviceAccounts.get", account));
      if (failure instanceof CloudException.NotFound) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  @Override
  public List<ServiceAccount> list(String projectId) {
    var project = new Resource.Project(projectId);
    try {
      var accounts = new ArrayList<ServiceAccount>();
      var request =
          ListServiceAccountsRequest.newBuilder()
              .setName(project.name())
              .setPageSize(LARGEST_PAGE)
              .build();
      var pages = clients.iam().listServiceAccounts(request).iteratePages();
      for (var account : Pages.all(pages, project.name())) {
        if (EMAIL.matcher(account.getEmail()).matches()) {
          accounts.add(unwire(new Resource.Account(projectId, account.getEmail()), account));
        }
      }
      return accounts;
    } catch (ApiException e) {
      throw clients.error(e, new Call("iam.serviceAccounts.list", project));
    }
  }

  @Override
  public void create(ServiceAccount desired) {
    try {
      clients
          .iam()
          .createServiceAccount(
              CreateServiceAccountRequest.newBuilder()
                  .setName("projects/" + desired.resource().projectId())
                  .setAccountId(desired.resource().accountId())
                  .setServiceAccount(texts(desired))
                  .build());
    } catch (ApiException e) {
      var project = new Resource.Project(desired.resource().projectId());
      throw clients.error(e, new Call("iam.serviceAccounts.create", project));
    }
  }

  @Override
  public void update(ServiceAccount desired) {
    var mask = FieldMask.newBuilder();
    if (desired.displayName() != null) {
      mask.addPaths("display_name");
    }
    if (desired.description() != null) {
      mask.addPaths("description");
    }
    try {
      clients
          .iam()
          .patchServiceAccount(
              PatchServiceAccountRequest.newBuilder()
                  .setServiceAccount(texts(desired).setName(desired.resource().name()))
                  .setUpdateMask(mask)
                  .build());
    } catch (ApiException e) {
      throw clients.error(e, new Call("iam.serviceAccounts.update", desired.resource()));
    }
  }

  private static ServiceAccount unwire(
      Resource.Account account, com.google.iam.admin.v1.ServiceAccount found) {
    return new ServiceAccount(
        account,
        found.getDisplayName(),
        found.getDescription(),
        found.getUniqueId(),
        found.getDisabled());
  }

  private static com.google.iam.admin.v1.ServiceAccount.Builder texts(ServiceAccount desired) {
    var texts = com.google.iam.admin.v1.ServiceAccount.newBuilder();
    if (desired.displayName() != null) {
      texts.setDisplayName(desired.displayName());
    }
    if (desired.description() != null) {
      texts.setDescription(desired.description());
    }
    return texts;
  }
}
