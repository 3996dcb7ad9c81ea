package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.NoPlanException;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.PlanSources;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A plan file that is not there yet.
final class NewPlanFile {
  private static final String FOLDER = "plans";
  private static final String FILE = "kleos-iam.yaml";

  private final Path directory;
  private final String name;
  private final Path path;
  private final List<String> before;

  private NewPlanFile(Path directory, String name) {
    this.directory = directory;
    this.name = name;
    this.path = directory.resolve(name).toAbsolutePath().normalize();
    this.before = found(directory);
  }

  /// The file of a name.
  ///
  /// @throws java.nio.file.InvalidPathException where no file can have it
  static NewPlanFile named(Path directory, String name) {
    return new NewPlanFile(directory, name);
  }

  /// The file that other commands find without being told its name; empty where it is one of a
  /// folder, and named after the project. Where they find a file already, no folder is put before
  /// it.
  static Optional<NewPlanFile> byDefault(Path directory) {
    return Files.isDirectory(directory.resolve(FOLDER)) && !found(directory).contains(FILE)
        ? Optional.empty()
        : Optional.of(new NewPlanFile(directory, FILE));
  }

  /// The file of a project in the folder.
  static NewPlanFile inFolder(Path directory, String project) {
    return new NewPlanFile(directory, FOLDER + "/" + project.replace(':', '-') + ".yaml");
  }

  /// As the user names it.
  String name() {
    return name;
  }

  /// Whether something is there, be it a link to nothing.
  boolean exists() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /// What to do about what is there, said after its name.
  String whyRefused() {
    return Files.isDirectory(path)
        ? " is a folder; name a file in it."
        : " is there already; edit it, or name another file.";
  }

  /// Writes it, never over another; what could be written only in part is taken away again.
  ///
  /// @return why it could not be, and what to do; empty where it was written
  Optional<String> write(String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.createFile(path);
      try {
        Files.writeString(path, text);
      } catch (IOException e) {
        Files.deleteIfExists(path);
        throw e;
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(why(e));
    }
  }

  /// Whether the commands find it without being told its name.
  boolean isFoundByDefault() {
    return found(directory).stream()
        .anyMatch(other -> directory.resolve(other).toAbsolutePath().normalize().equals(path));
  }

  /// Whether, now that it is written, the commands no longer find the file that they found before.
  boolean outranksAnother() {
    return before.contains(FILE) && !found(directory).contains(FILE);
  }

  private static List<String> found(Path directory) {
    try {
      return PlanSources.find(directory, List.of()).stream().map(PlanSource::name).toList();
    } catch (NoPlanException none) {
      return List.of();
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException _ ->
          "permission denied; make the folder writable, or name a file elsewhere.";
      case FileSystemException at when at.getReason() != null ->
          at.getReason() + "; name a file elsewhere.";
      case FileSystemException at -> at.getFile() + " is in the way; name a file elsewhere.";
      default -> e.getMessage() + "; name a file elsewhere.";
    };
  }
}
