package dev.kleos.iam.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/// A certificate for the names of Google's services, made once a JVM by the JDK's `keytool`, that
/// vouches for itself. Nobody trusts it but who is given its file.
///
/// @param pem the certificate, for those who shall trust it
/// @param store the same for Java, with its key
/// @param sockets for servers that have its key
record LoopbackCa(Path pem, Path store, SSLSocketFactory sockets) {
  /// Opens the store.
  static final String PASSWORD = "throw-away";

  private static final String NAMES =
      "san=dns:*.googleapis.com,dns:*.a.run.app,dns:*.us-central1.run.app,dns:*.europe-west1.run.app";

  /// The one of this JVM, which removes its files when it ends.
  static LoopbackCa get() {
    return Once.CA;
  }

  private static LoopbackCa make() throws IOException, GeneralSecurityException {
    var folder = Files.createTempDirectory("kleos-iam-ca");
    var store = folder.resolve("keys.p12");
    var pem = folder.resolve("ca.pem");
    for (var file : new Path[] {folder, store, pem}) { // the last of them is deleted first
      file.toFile().deleteOnExit();
    }
    keytool(store);
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var encoded = Base64.getMimeEncoder().encode(keys.getCertificate("google").getEncoded());
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + new String(encoded, US_ASCII)
            + "\n-----END CERTIFICATE-----\n");
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return new LoopbackCa(pem, store, tls.getSocketFactory());
  }

  private static void keytool(Path store) throws IOException {
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "google",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=Throw-away authority",
                "-ext",
                "bc:c",
                "-ext",
                NAMES,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(made.getInputStream().readAllBytes(), UTF_8);
    if (made.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private static final class Once {
    private static final LoopbackCa CA;

    static {
      try {
        CA = make();
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
