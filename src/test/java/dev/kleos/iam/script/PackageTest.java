package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.script.Installed.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The package for Debian, installed in a root folder that is empty, run there and removed. In a
/// whole Debian without Java or network: `make clean-root`.
@TestMethodOrder(OrderAnnotation.class)
class PackageTest {
  private static final String SCRIPT = Path.of("src/main/package/deb").toAbsolutePath().toString();
  private static final String TIME = "2026-11-23T00:00:00Z";
  private static final String FILES =
      """
      usr/bin/kleos-iam
      usr/lib/kleos-iam/bin/kleos-iam
      usr/lib/kleos-iam/lib/java.options
      usr/lib/kleos-iam/lib/offline.aot
      usr/lib/kleos-iam/lib/online.aot
      usr/lib/kleos-iam/lib/runtime/bin/*
      usr/lib/kleos-iam/lib/runtime/conf/*
      usr/lib/kleos-iam/lib/runtime/legal/*
      usr/lib/kleos-iam/lib/runtime/lib/*
      usr/lib/kleos-iam/lib/runtime/release
      usr/share/bash-completion/completions/kleos-iam
      usr/share/doc/kleos-iam/changelog.gz
      usr/share/doc/kleos-iam/copyright
      usr/share/doc/kleos-iam/kleos-iam.cdx.json
      usr/share/fish/vendor_completions.d/kleos-iam.fish
      usr/share/lintian/overrides/kleos-iam
      usr/share/man/man1/kleos-iam-*.1.gz
      usr/share/man/man1/kleos-iam.1.gz
      usr/share/man/man5/kleos-iam.yaml.5.gz
      usr/share/zsh/vendor-completions/_kleos-iam
      """;

  @TempDir private static Path folder = Path.of("");
  private static Path root = Path.of("");
  private static List<String> before = List.of();

  /// Dependencies are not there: what the program needs of the system is the tester's own.
  @BeforeAll
  static void install() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "needs dpkg-deb");
    assumeTrue(Files.isWritable(Path.of("/root")) || fakeroot(), "needs root, or fakeroot");
    root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("var/lib/dpkg/info"));
    Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
    Files.createFile(root.resolve("var/lib/dpkg/status"));
    before = files();
    var file = folder.resolve("kleos-iam.deb").toString();
    run(
        "sh",
        SCRIPT,
        Installed.BUILT.toString(),
        "0.1.0~test",
        TIME,
        "A <a@b.invalid>",
        file,
        "-Znone");
    dpkg("--force-depends", "--install", file);
  }

  @Test
  @Order(1)
  void itsFiles_areThese() throws Exception {
    var folded = new TreeSet<String>();
    for (var file : files()) {
      folded.add(
          file.replaceFirst("(.*/runtime/\\w+)/.*", "$1/*")
              .replaceFirst("(/man1/kleos-iam-)[\\w-]+", "$1*"));
    }

    assertThat(String.join("\n", folded)).isEqualTo(FILES.strip());
  }

  @Test
  @Order(1)
  void itsCommand_runs_byItsCache() throws Exception {
    var answer = kleosIam("--version", "-v");

    assertThat(answer.output()).contains("start-up cache: ").contains("offline.aot");
    assertThat(answer.code()).isZero();
    assertThat(root.resolve("usr/bin/kleos-iam")).isSymbolicLink();
  }

  @Test
  @Order(1)
  void aPlan_onTheEmulator_runs() throws Exception {
    var plan = Path.of("plans/kleos.yaml").toAbsolutePath().toString();

    var answer = kleosIam("plan", plan, "--emulator");

    assertThat(answer.output()).contains("Plan: 1 account to create · 7 grants to add.");
    assertThat(answer.code()).isZero();
  }

  @Test
  @Order(1)
  void nobodyButItsOwner_mayWriteIt_andOnlyPrograms_areExecutable() throws Exception {
    var programs = new TreeSet<String>();
    for (var file : files()) {
      var path = root.resolve(file);
      if (!Files.isSymbolicLink(path)) {
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertThat(mode).as(file).isIn("rw-r--r--", "rwxr-xr-x");
        if (mode.contains("x")) {
          programs.add(file.replaceFirst("(.*/runtime/bin)/.*", "$1/*"));
        }
      }
    }

    assertThat(programs)
        .containsExactly(
            "usr/lib/kleos-iam/bin/kleos-iam",
            "usr/lib/kleos-iam/lib/runtime/bin/*",
            "usr/lib/kleos-iam/lib/runtime/lib/jexec",
            "usr/lib/kleos-iam/lib/runtime/lib/jspawnhelper");
    assertThat(
            run("dpkg-deb", "--contents", folder.resolve("kleos-iam.deb").toString())
                .output()
                .lines())
        .allMatch(line -> line.contains(" root/root "));
  }

  @Test
  @Order(2)
  void removed_itLeavesNothing() throws Exception {
    dpkg("--purge", "kleos-iam");

    assertThat(files()).isEqualTo(before);
    assertThat(root.resolve("usr")).doesNotExist();
  }

  @Test
  @Order(3)
  void twoPackages_ofTheSameFiles_areTheSame_whenAndByWhomeverTheyAreMade() throws Exception {
    var small = Files.createDirectories(folder.resolve("small"));
    run(
        "sh",
        "-c",
        "cp -R '%s/share' '%s/bin' '%s'".formatted(Installed.BUILT, Installed.BUILT, small));
    var library = Files.createDirectory(small.resolve("lib")).resolve("libjsig.so");
    Files.copy(Installed.BUILT.resolve("lib/runtime/lib/libjsig.so"), library);

    var one = small(small, "022");
    Files.setLastModifiedTime(library, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
    run("chmod", "-R", "g+w", small.toString());
    var two = small(small, "002");

    assertThat(two).isEqualTo(one);
    assertThat(
            run("dpkg-deb", "--field", folder.resolve("small.deb").toString(), "Depends").output())
        .matches("libc6 \\(>= 2\\.\\d+\\)\n");
  }

  @AfterAll
  static void mayBeDeleted() throws Exception {
    run("chmod", "-R", "u+w", folder.toString());
  }

  private static byte[] small(Path distribution, String umask) throws Exception {
    var file = folder.resolve("small.deb");
    run(
        "sh",
        "-c",
        "umask %s; sh '%s' '%s' 1 %s 'A <a@b.invalid>' '%s' -Znone"
            .formatted(umask, SCRIPT, distribution, TIME, file));
    return Files.readAllBytes(file);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> root.relativize(path).toString())
          .filter(path -> !path.startsWith("var/"))
          .sorted()
          .toList();
    }
  }

  private static Answer kleosIam(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(root.resolve("usr/bin/kleos-iam").toString()));
    command.addAll(List.of(arguments));
    return new Installed(root, folder).run(Map.of(), command.toArray(String[]::new));
  }

  private static void dpkg(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    if (!Files.isWritable(Path.of("/root"))) {
      command.addAll(List.of("fakeroot", "--"));
    }
    command.addAll(List.of("dpkg", "--root=" + root, "--force-not-root", "--log=/dev/null"));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private static boolean fakeroot() {
    return Files.isExecutable(Path.of("/usr/bin/fakeroot"));
  }

  private static Answer run(String... command) throws Exception {
    var answer =
        new Installed(root, folder)
            .run(Map.of("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin"), command);
    assertThat(answer.code()).as(answer.output()).isZero();
    return answer;
  }
}
