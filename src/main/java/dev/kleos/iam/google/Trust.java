package dev.kleos.iam.google;

import dev.kleos.iam.session.CaFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates are taken: those that the JDK trusts, and those of a file.
final class Trust {
  private Trust() {}

  /// @throws dev.kleos.iam.session.BrokenSettingException where the file has none
  static SSLContext of(CaFile file) {
    var added = file.certificates();
    try {
      var all = new ArrayList<Certificate>(added);
      for (var manager : managers(null).getTrustManagers()) {
        if (manager instanceof X509TrustManager known) {
          all.addAll(List.of(known.getAcceptedIssuers()));
        }
      }
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, managers(store(all)).getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e); // every JDK can do that
    }
  }

  /// Has Java load what TLS takes, up to the first message to a server.
  static void prepare() {
    try {
      var engine = SSLContext.getDefault().createSSLEngine("localhost", 443);
      engine.setUseClientMode(true);
      engine.beginHandshake();
      engine.wrap(
          ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    } catch (GeneralSecurityException | SSLException e) {
      // The first connection tells.
    }
  }

  private static KeyStore store(List<Certificate> certificates)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (var i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca" + i, certificates.get(i));
    }
    return store;
  }

  /// @param store null for what the JDK trusts
  private static TrustManagerFactory managers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers;
  }
}
