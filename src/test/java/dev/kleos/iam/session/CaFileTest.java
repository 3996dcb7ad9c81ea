package dev.kleos.iam.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a variable for certificates can name besides them.
class CaFileTest {
  @TempDir private Path folder = Path.of("");

  /// A device without end would fill the memory.
  @ParameterizedTest
  @CsvSource({
    "/dev/zero, is no file",
    "/dev/null, is no file",
    "/, is a folder",
    "/nowhere/ca.pem, is not there"
  })
  void whatIsNoFile_isSaid(String file, String why) {
    assertThat(refusal(file)).isEqualTo(file + ", which SSL_CERT_FILE names, " + why + ".");
  }

  @Test
  void aPipe_isWaitedForByNobody() throws Exception {
    var pipe = OddFiles.pipe(folder.resolve("ca.pem"));

    assertThat(assertTimeoutPreemptively(ofSeconds(10), () -> refusal(pipe.toString())))
        .endsWith(" is no file.");
  }

  @Test
  void whatIsLongerThanAllThatTheWorldTrusts_isNotRead() throws IOException {
    var file = folder.resolve("ca.pem");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    assertThat(refusal(file.toString())).endsWith(" is too long.");
  }

  private static String refusal(String file) {
    var certificates = new CaFile(file, "SSL_CERT_FILE");
    return catchThrowableOfType(BrokenSettingException.class, certificates::certificates).what();
  }
}
