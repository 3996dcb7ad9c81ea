package dev.kleos.iam.google;

import dev.kleos.iam.session.HttpProxy.Login;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import org.jspecify.annotations.Nullable;

/// Tells the proxy the login that it is named with, and nobody else.
final class ProxyLogin extends Authenticator {
  private final Login login;

  ProxyLogin(Login login) {
    this.login = login;
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    return getRequestorType() == RequestorType.PROXY
        ? new PasswordAuthentication(login.user(), login.password().toCharArray())
        : null;
  }
}
