package dev.kleos.iam.google;

import com.google.iam.v1.Binding;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.emulator.server.EmulatorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Google itself, as far as the program can tell: the emulator behind real TLS and a proxy, so that
/// what runs is the production path with nothing replaced: the credential file, the request for a
/// token, gRPC to `iam.googleapis.com:443`, HTTPS to a service's own address.
///
/// Give [#env] to a command, in this process by `Surroundings` with `LocalClouds`, or in a process
/// of its own as its variables. All names of Google's lead here, and no other is reached:
///
///     try (var google = GoogleOnLoopback.start(World.demo(), folder)) {
///       google.own("admin@example.com");
///       google.logIn("admin@example.com");
///       CommandLines.run(surroundings(google.env()), "plan");
///     }
///
/// The refresh token of a login is the e-mail address of who logs in, which is what the emulator's
/// token endpoint takes; an address that is none is refused there as one that was revoked.
public final class GoogleOnLoopback implements AutoCloseable {
  private static final Set<String> APIS =
      Set.of(
          "iam.googleapis.com",
          "run.googleapis.com",
          "cloudresourcemanager.googleapis.com",
          "iamcredentials.googleapis.com",
          "serviceusage.googleapis.com");

  private final Emulator emulator;
  private final EmulatorServer server;
  private final Path home;
  private final LoopbackProxy proxy;
  private final Set<String> away = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> replaced = new ConcurrentHashMap<>();
  private final Map<String, String> env = new LinkedHashMap<>();

  /// On a world of its own, with nobody logged in.
  ///
  /// @param home an empty folder, for the user's files
  public static GoogleOnLoopback start(World world, Path home) {
    return start(Emulator.start(world), home);
  }

  /// On an emulator that is closed with this.
  public static GoogleOnLoopback start(Emulator emulator, Path home) {
    return new GoogleOnLoopback(emulator, EmulatorServer.start(emulator, 0), home);
  }

  private GoogleOnLoopback(Emulator emulator, EmulatorServer server, Path home) {
    this.emulator = emulator;
    this.server = server;
    this.home = home;
    this.proxy = new LoopbackProxy(new Route());
    emulator.publishedAt(null); // its services are called by Google's own addresses
    env.put("HOME", home.toString());
    env.put("NO_GCE_CHECK", "true");
    env.put("https_proxy", "http://127.0.0.1:" + proxy.port());
    env.put("SSL_CERT_FILE", LoopbackCa.get().pem().toString());
  }

  /// What makes a command take this for Google.
  public Map<String, String> env() {
    return new LinkedHashMap<>(env);
  }

  /// The same with one variable more, or with another value.
  public Map<String, String> env(String name, String value) {
    var changed = env();
    changed.put(name, value);
    return changed;
  }

  /// The same without a variable.
  public Map<String, String> without(String name) {
    var changed = env();
    changed.remove(name);
    return changed;
  }

  /// What makes a Java program of somebody else's take this for Google: it reads no variables.
  public List<String> javaOptions() {
    var ca = LoopbackCa.get();
    return List.of(
        "-Dhttps.proxyHost=127.0.0.1",
        "-Dhttps.proxyPort=" + proxy.port(),
        "-Djavax.net.ssl.trustStore=" + ca.store(),
        "-Djavax.net.ssl.trustStorePassword=" + LoopbackCa.PASSWORD);
  }

  /// What Google is made of here.
  public Emulator emulator() {
    return emulator;
  }

  /// The emulator's ports, for what does not go by the names of Google's.
  public EmulatorServer server() {
    return server;
  }

  /// Makes somebody the owner of the project `kleos-demo`, beside whoever is.
  public void own(String email) {
    grant("roles/owner", email);
  }

  /// Gives somebody a role on the project `kleos-demo`.
  public void grant(String role, String email) {
    grant("projects/kleos-demo", role, email);
  }

  /// Makes sure of a service account of the project `kleos-demo`, and that somebody may act as it.
  public void letActAs(String account, String email) {
    emulator.world().ensureAccount("kleos-demo", account);
    var resource = "projects/kleos-demo/serviceAccounts/" + account;
    grant(resource, "roles/iam.serviceAccountTokenCreator", email);
  }

  private void grant(String resource, String role, String email) {
    var more = Binding.newBuilder().setRole(role).addMembers(member(email));
    var policy = emulator.world().policy(resource).toBuilder().addBindings(more);
    emulator.world().putPolicy(resource, policy.build());
  }

  /// Writes the Application Default Credentials of a login that is counted for `kleos-demo`.
  ///
  /// @param email whose it is
  /// @return the file
  public Path logIn(String email) {
    return logIn(email, "kleos-demo");
  }

  /// The same counted for another project; for none where that is empty.
  public Path logIn(String email, String quotaProject) {
    return write(login(email, email, quotaProject));
  }

  /// A login's file, as gcloud leaves it.
  ///
  /// @param refreshToken the e-mail address again, for the emulator to take it
  public static String login(String email, String refreshToken, String quotaProject) {
    return """
    {
      "account": "%s",
      "client_id": "764086051850-loopback.apps.googleusercontent.com",
      "client_secret": "loopback",%s
      "refresh_token": "%s",
      "type": "authorized_user",
      "universe_domain": "googleapis.com"
    }
    """
        .formatted(
            email,
            quotaProject.isEmpty() ? "" : "\n  \"quota_project_id\": \"" + quotaProject + "\",",
            refreshToken);
  }

  /// Writes the Application Default Credentials as they are given.
  ///
  /// @return the file
  public Path write(String credentials) {
    return write("application_default_credentials.json", credentials);
  }

  /// Writes the active configuration of gcloud.
  ///
  /// @param ini such as `[core]` with `account = alice@example.com`
  /// @return the file
  public Path configure(String ini) {
    return write("configurations/config_default", ini);
  }

  /// From now on the proxy lets nobody through without these, which [#env] does not have.
  public void demandLogin(String user, String password) {
    proxy.demandLogin(user, password);
  }

  /// Where the proxy is, as host and port.
  public String proxy() {
    return "127.0.0.1:" + proxy.port();
  }

  /// From now on nobody answers at a name, such as `oauth2.googleapis.com`.
  public void takeAway(String host) {
    away.add(host);
  }

  /// From now on a port of this machine answers at a name, such as `oauth2.googleapis.com`, behind
  /// the same TLS.
  public void replace(String host, int port) {
    replaced.put(host, port);
  }

  /// From now on the proxy answers with this where it is asked for a name, and closes: an empty
  /// text is no answer at all.
  public void answerOfProxy(String host, String head) {
    proxy.answer(host, head);
  }

  /// Which places were asked for through the proxy so far, such as `iam.googleapis.com:443`.
  public List<String> connected() {
    return List.copyOf(proxy.connected());
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }

  private static String member(String email) {
    return (email.endsWith(".gserviceaccount.com") ? "serviceAccount:" : "user:") + email;
  }

  /// Names of APIs lead to gRPC by HTTP/2, and to REST by HTTP/1.1; all others to REST.
  private final class Route implements LoopbackProxy.Route {
    @Override
    public boolean exists(String host) {
      return !away.contains(host);
    }

    @Override
    public boolean hasHttp2(String host) {
      return APIS.contains(host) && !replaced.containsKey(host);
    }

    @Override
    public int port(String host, boolean isHttp2) {
      var place = isHttp2 ? server.grpcHost() : server.host();
      return replaced.getOrDefault(host, Integer.valueOf(place.replaceFirst(".*:", "")));
    }
  }

  private Path write(String name, String content) {
    var file = home.resolve(".config/gcloud").resolve(name);
    try {
      return CredentialFiles.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
