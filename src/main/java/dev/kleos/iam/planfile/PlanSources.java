package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Similar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds and reads plan files; [PlanFileWriter] writes them. Nothing else in the package touches
/// the disk.
public final class PlanSources {
  /// Far above any plan (10,000 entries take a tenth), far below what would hurt.
  private static final int MOST_BYTES = 1 << 20;

  private static final String DEFAULT_FOLDER = "plans";
  private static final String DEFAULT_FILE = "kleos-iam.yaml";
  private static final String HOW_TO_NAME_ONE = "; name a plan file or a folder of them";

  private PlanSources() {}

  /// The plan files of a command line, read.
  ///
  /// @param directory what relative names are relative to
  /// @param args files or folders as the user named them: of a folder every `.yaml` and `.yml` file
  ///   in it and below, in order of name, hidden ones left out. Empty for `plans/` if that folder
  ///   holds any, else `kleos-iam.yaml`
  /// @return each file once, shown as it was named first
  /// @throws NoPlanException where there is none, a named one is missing, or a folder holds none
  public static List<PlanSource> find(Path directory, List<String> args) {
    var found = new LinkedHashMap<Path, String>();
    for (var arg : args.isEmpty() ? List.of(defaultName(directory)) : args) {
      var path = resolve(directory, arg);
      if (Files.isDirectory(path)) {
        addFolder(path, arg, found);
      } else if (Files.exists(path)) {
        found.putIfAbsent(identity(path), arg);
      } else {
        throw missing(directory, arg);
      }
    }
    return found.entrySet().stream().map(file -> read(file.getKey(), file.getValue())).toList();
  }

  /// A plan file that was read before, as it is by now; empty where it is not here, or cannot be
  /// read.
  ///
  /// @param name as it was named then, or found in a folder that was
  public static Optional<PlanSource.Content> again(Path directory, String name) {
    try {
      return read(directory.resolve(name), name) instanceof PlanSource.Content content
          ? Optional.of(content)
          : Optional.empty();
    } catch (InvalidPathException notAName) {
      return Optional.empty();
    }
  }

  private static String defaultName(Path directory) {
    var folder = directory.resolve(DEFAULT_FOLDER);
    var file = Files.exists(directory.resolve(DEFAULT_FILE));
    if (Files.isDirectory(folder) && !(file && plans(folder, DEFAULT_FOLDER).isEmpty())) {
      return DEFAULT_FOLDER;
    }
    if (file) {
      return DEFAULT_FILE;
    }
    throw new NoPlanException(
        "there is neither a folder plans/ nor a file kleos-iam.yaml here"
            + HOW_TO_NAME_ONE
            + ", or write one with kleos-iam init");
  }

  /// Without the ending, which would make every two names alike.
  private static String stem(String name) {
    return name.replaceFirst("\\.[a-z]+$", "");
  }

  private static Path resolve(Path directory, String arg) {
    try {
      if (!arg.isEmpty()) {
        return directory.resolve(arg);
      }
    } catch (InvalidPathException notAName) {
      // as good as missing
    }
    throw missing(directory, arg);
  }

  /// Names the plan file in the same folder that was probably meant.
  private static NoPlanException missing(Path directory, String arg) {
    var advice = HOW_TO_NAME_ONE;
    try {
      var path = directory.resolve(arg).toAbsolutePath();
      try (var files = Files.list(path.getParent())) {
        var names =
            files.map(Path::getFileName).filter(PlanSources::isPlan).map(Path::toString).toList();
        advice =
            Similar.nearest(stem(path.getFileName().toString()), names, PlanSources::stem)
                .map(Wording::didYouMean)
                .orElse(advice);
      }
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      // No folder, no suggestion.
    }
    return new NoPlanException("there is no plan file " + Wording.quote(arg) + advice);
  }

  private static void addFolder(Path folder, String name, Map<Path, String> found) {
    var inside = plans(folder, name);
    if (inside.isEmpty()) {
      throw new NoPlanException(
          "the folder " + Wording.quote(name) + " holds no .yaml or .yml file" + HOW_TO_NAME_ONE);
    }
    var prefix = name.endsWith("/") ? name : name + "/";
    for (var path : inside) {
      var below = folder.relativize(path).toString().replace('\\', '/');
      found.putIfAbsent(identity(path), prefix + below);
    }
  }

  private static List<Path> plans(Path folder, String name) {
    try (var walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(path -> isPlan(folder.relativize(path))).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new NoPlanException(
          "the folder " + Wording.quote(name) + " cannot be read; check its permissions");
    }
  }

  private static boolean isPlan(Path relative) {
    for (var part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    var name = relative.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static Path identity(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /// One file, shown by that name.
  static PlanSource read(Path path, String name) {
    if (!Files.isRegularFile(path)) {
      return new PlanSource.Unreadable(
          name, ProblemCode.FILE_UNREADABLE, "this is not a regular file; name a YAML file");
    }
    try (var in = Files.newInputStream(path)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      return bytes.length <= MOST_BYTES
          ? PlanSource.of(name, bytes)
          : new PlanSource.Unreadable(
              name,
              ProblemCode.FILE_TOO_LARGE,
              "the file is larger than 1 MiB; this is no plan, or it is time to split it");
    } catch (AccessDeniedException e) {
      return new PlanSource.Unreadable(
          name, ProblemCode.FILE_UNREADABLE, "permission denied; make the file readable");
    } catch (IOException e) {
      return new PlanSource.Unreadable(
          name, ProblemCode.FILE_UNREADABLE, "the file cannot be read: " + e.getMessage());
    }
  }
}
