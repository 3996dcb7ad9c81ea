package dev.kleos.iam.checkup;

/// A step of the road, in order.
public enum Stage {
  CREDENTIALS("credentials", "credentials"),
  QUOTA_PROJECT("quota-project", "quota project"),
  GCLOUD("gcloud", "gcloud"),
  IMPERSONATION_OFF("impersonation", "impersonation"),
  NETWORK("network", "network"),
  PROJECT("project", "project"),
  APIS("apis", "APIs"),
  ACCOUNT("account", "account"),
  SERVICE("service", "service"),
  MAY_INVOKE("may-invoke", "may invoke"),
  MAY_IMPERSONATE("may-impersonate", "may act as it"),
  ID_TOKEN("id-token", "ID token"),
  ANSWER("answer", "answer"),
  UNSEEN("not-seen", "not seen");

  private final String id;
  private final String title;

  Stage(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// As programs read it, which rely on it whatever else is renamed.
  public String id() {
    return id;
  }

  /// As people read it.
  public String title() {
    return title;
  }
}
