package dev.kleos.iam.google;

import dev.kleos.iam.session.HttpProxy.Login;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Tells the proxy of a connection the login that it is named with: once, since the JDK asks twenty
/// times where it is refused; and nobody else.
final class ProxyLogin extends Authenticator {
  private final Login login;
  private final AtomicBoolean isTold = new AtomicBoolean();

  ProxyLogin(Login login) {
    this.login = login;
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    return getRequestorType() == RequestorType.PROXY && isTold.compareAndSet(false, true)
        ? new PasswordAuthentication(login.user(), login.password().toCharArray())
        : null;
  }
}
