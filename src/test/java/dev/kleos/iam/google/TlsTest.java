package dev.kleos.iam.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.IAMGrpc;
import com.google.iam.admin.v1.ServiceAccount;
import dev.kleos.iam.model.Resource;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// gRPC over okhttp and real TLS, as to Google: the transport that the program is shipped with,
/// without any of those that it leaves out. The certificate is made for this run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private static final char[] PASSWORD = "throw-away".toCharArray();
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");

  /// The server says at length that a client did not trust it, which is what one test is about.
  private static final Logger HANDSHAKES = Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");

  private final KeyStore keys;
  private final Server server;

  TlsTest(@TempDir Path folder) throws Exception {
    keys = selfSigned(folder.resolve("keys.p12"));
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TlsServerCredentials.newBuilder().keyManager(keyManagers.getKeyManagers()).build())
            .addService(new OneAccount())
            .build();
  }

  @BeforeAll
  void start() throws IOException {
    HANDSHAKES.setLevel(Level.OFF);
    server.start();
  }

  @AfterAll
  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void aCall_overTlsToAServerThatIsTrusted_isAnswered() throws GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    var trusting = TlsChannelCredentials.newBuilder().trustManager(trust.getTrustManagers());

    try (var cloud = GoogleCloud.over(channel(trusting))) {
      assertThat(cloud.accounts().find(ACCOUNT).orElseThrow().displayName()).isEqualTo("Over TLS");
    }
  }

  @Test
  void aServerThatNobodyVouchesFor_isNotTalkedTo() {
    var channel = channel(TlsChannelCredentials.newBuilder()).build();
    try {
      var stub = IAMGrpc.newBlockingStub(channel);
      var request = GetServiceAccountRequest.newBuilder().setName(ACCOUNT.name()).build();

      assertThatThrownBy(() -> stub.getServiceAccount(request))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("UNAVAILABLE")
          .hasRootCauseMessage("unable to find valid certification path to requested target");
    } finally {
      channel.shutdownNow();
    }
  }

  private ManagedChannelBuilder<?> channel(TlsChannelCredentials.Builder credentials) {
    return OkHttpChannelBuilder.forAddress("localhost", server.getPort(), credentials.build());
  }

  private static KeyStore selfSigned(Path file) throws Exception {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-validity",
                "1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(made.getInputStream().readAllBytes(), UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    keys.setCertificateEntry("authority", keys.getCertificate("server"));
    return keys;
  }

  private static final class OneAccount extends IAMGrpc.IAMImplBase {
    @Override
    public void getServiceAccount(
        GetServiceAccountRequest request, StreamObserver<ServiceAccount> caller) {
      caller.onNext(
          ServiceAccount.newBuilder()
              .setName(request.getName())
              .setDisplayName("Over TLS")
              .build());
      caller.onCompleted();
    }
  }
}
