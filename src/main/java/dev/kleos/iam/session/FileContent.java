package dev.kleos.iam.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What is in a file that people and variables name. Only regular ones are opened, since a pipe may
/// never be written to and a device may never end; and no more is read than such a file ever has.
sealed interface FileContent {
  /// Reads it.
  ///
  /// @param mostBytes of what is taken for such a file
  static FileContent of(Path file, Charset charset, int mostBytes) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return new Unusable(attributes.isDirectory() ? Why.FOLDER : Why.NO_FILE);
      }
      try (var in = Files.newInputStream(file)) {
        var bytes = in.readNBytes(mostBytes + 1);
        return bytes.length > mostBytes
            ? new Unusable(Why.TOO_LONG)
            : new Text(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      }
    } catch (CharacterCodingException e) {
      return new Unusable(Why.NO_TEXT);
    } catch (NoSuchFileException e) {
      return new Absent();
    } catch (AccessDeniedException e) {
      return new Unusable(Why.FORBIDDEN);
    } catch (IOException e) {
      return isBelowAFile(file) ? new Absent() : new Unusable(Why.UNREADABLE);
    }
  }

  /// As where `/dev/null` is the home, for whoever shall have none.
  private static boolean isBelowAFile(Path file) {
    for (var above = file.getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above)) {
        return !Files.isDirectory(above);
      }
    }
    return false;
  }

  /// All of it.
  record Text(String text) implements FileContent {
    /// Without what was read, which may be secret.
    @Override
    public String toString() {
      return "Text";
    }
  }

  /// There is no such file.
  record Absent() implements FileContent {}

  /// Something is there that cannot be read as such a file.
  record Unusable(Why why) implements FileContent {}

  /// What is wrong with what is there.
  enum Why {
    FOLDER("is a folder"),
    NO_FILE("is no file"),
    FORBIDDEN("may not be read"),
    TOO_LONG("is too long"),
    NO_TEXT("is no text in UTF-8"),
    /// As where links lead round in a circle.
    UNREADABLE("cannot be read");

    private final String words;

    Why(String words) {
      this.words = words;
    }

    /// To go on where a sentence names the file.
    String words() {
      return words;
    }
  }
}
