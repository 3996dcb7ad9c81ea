package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file of certificates to trust besides those that Java does: of a proxy that opens TLS, say.
/// gcloud's setting goes before the variable that other programs know.
///
/// @param origin what names it
public record CaFile(String file, String origin) {
  private static final String VARIABLE = "SSL_CERT_FILE";
  private static final int MOST_BYTES = 16 << 20; // all that the world trusts is of some 200 kB
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----");

  /// The file that variables or gcloud name, if any does.
  public static Optional<CaFile> of(Map<String, String> env, GcloudSettings gcloud) {
    return gcloud
        .customCaCertsFile()
        .map(it -> new CaFile(it.value(), it.variable().orElse("gcloud's " + it.property())))
        .or(() ->
            Optional.of(env.getOrDefault(VARIABLE, ""))
                .filter(file -> !file.isEmpty())
                .map(file -> new CaFile(file, VARIABLE)));
  }

  /// All certificates in it.
  ///
  /// @throws BrokenSettingException where it cannot be read, or has none
  public List<Certificate> certificates() {
    return switch (content()) {
      case FileContent.Text it -> certificates(it.text());
      case FileContent.Absent _ -> throw broken("is not there");
      case FileContent.Unusable it -> throw broken(it.why().words());
    };
  }

  private FileContent content() {
    try {
      return FileContent.of(Path.of(file), ISO_8859_1, MOST_BYTES);
    } catch (InvalidPathException e) {
      return new FileContent.Absent();
    }
  }

  private List<Certificate> certificates(String text) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var found = new ArrayList<Certificate>();
      for (var pem = PEM.matcher(text); pem.find(); ) {
        found.add(
            factory.generateCertificate(
                new ByteArrayInputStream(pem.group().getBytes(ISO_8859_1))));
      }
      if (found.isEmpty()) {
        throw broken("has no certificate in PEM");
      }
      return found;
    } catch (CertificateException e) {
      throw broken("has a damaged certificate");
    }
  }

  private BrokenSettingException broken(String why) {
    return new BrokenSettingException(
        file + ", which " + origin + " names, " + why + ".",
        "Name a file of certificates in PEM there, or unset it.");
  }
}
