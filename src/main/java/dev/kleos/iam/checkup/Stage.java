package dev.kleos.iam.checkup;

import java.util.Locale;

/// A step of the road, in order.
public enum Stage {
  CREDENTIALS("credentials"),
  QUOTA_PROJECT("quota project"),
  GCLOUD("gcloud"),
  IMPERSONATION_OFF("impersonation"),
  NETWORK("network"),
  PROJECT("project"),
  APIS("APIs"),
  ACCOUNT("account"),
  SERVICE("service"),
  MAY_INVOKE("may invoke"),
  MAY_IMPERSONATE("may act as it"),
  ID_TOKEN("ID token"),
  ANSWER("answer"),
  UNSEEN("not seen");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /// As people read it.
  public String title() {
    return title;
  }

  /// As programs read it, such as `quota-project`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
