package dev.kleos.iam.record;

import dev.kleos.iam.disk.Disk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// A file of saved changes. It holds who has access to what, so only its owner may read it.
public final class SavedFile {
  /// Far above what a plan of the largest size comes to.
  private static final int MOST_BYTES = 64 << 20;

  private final Disk disk;
  private final Path path;

  public SavedFile(Disk disk, Path path) {
    this.disk = disk;
    this.path = path.toAbsolutePath();
  }

  /// Saved changes as they were read.
  ///
  /// @param sha256 of their content, by which the journal knows them
  public record Read(SavedChanges changes, String sha256) {}

  /// Why nothing could be saved here, to be told before Google is asked; empty where nothing speaks
  /// against it. What is there is replaced only if it is saved changes, whole or not.
  public Optional<String> obstacle() {
    var folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.of("there is no folder for it");
    }
    if (!Files.isWritable(folder)) {
      return Optional.of("its folder may not be written");
    }
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    try {
      return Files.isRegularFile(path) && SavedForm.DOCUMENT.isBegunBy(beginning())
          ? Optional.empty()
          : Optional.of("what is there is no saved changes, and is not replaced");
    } catch (IOException e) {
      return Optional.of("what is there cannot be read, and is not replaced");
    }
  }

  /// Saves; when this returns, it stays.
  ///
  /// @return the SHA-256 of the content, by which the journal knows it
  /// @throws IOException where that was not possible; then what was there is there still
  public String save(SavedChanges changes) throws IOException {
    var document = SavedForm.write(changes);
    disk.replace(path, document);
    return Document.digest(SavedForm.DOCUMENT.read(document).text());
  }

  /// What is saved here; empty where there is no such file.
  ///
  /// @throws DocumentException where it is no saved changes, or not as they were written
  public Optional<Read> read() {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(path)) {
      throw new DocumentException("it is no file");
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new DocumentException("it is larger than 64 MiB");
      }
      return disk.read(path).map(SavedFile::read);
    } catch (AccessDeniedException e) {
      throw new DocumentException("permission denied", e);
    } catch (IOException e) {
      throw new DocumentException(
          "it cannot be read: " + Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }
  }

  /// SHA-256 of a file's bytes, in hexadecimal.
  public static String digest(byte[] bytes) {
    return Document.digest(bytes);
  }

  private static Read read(byte[] document) {
    if (!SavedForm.DOCUMENT.isBegunBy(document)) {
      throw new DocumentException("it does not begin as such");
    }
    var content = SavedForm.DOCUMENT.read(document);
    return new Read(SavedForm.read(content), Document.digest(content.text()));
  }

  private byte[] beginning() throws IOException {
    try (var in = Files.newInputStream(path)) {
      return in.readNBytes(64);
    }
  }
}
