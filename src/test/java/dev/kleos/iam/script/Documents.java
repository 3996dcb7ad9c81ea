package dev.kleos.iam.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What a reader copies from: the documents of the repository, and their blocks between fences.
final class Documents {
  static final Path README = Path.of("README.md");
  static final List<Path> ALL = List.of(README, Path.of("SECURITY.md"));

  private static final Pattern HEADING = Pattern.compile("#+ (.*)");
  private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");

  private Documents() {}

  /// A block.
  ///
  /// @param section the heading above it, of whatever level
  /// @param language what stands behind the opening fence; may be empty
  /// @param text its lines, each with its end
  record Block(Path file, String section, String language, String text) {
    /// The commands, each of which may have several lines, since some end in a backslash.
    List<String> commands() {
      return List.of(text.strip().split("(?<!\\\\)\\n", -1));
    }

    /// The same block with another text.
    Block with(String other) {
      return new Block(file, section, language, other);
    }

    @Override
    public String toString() {
      return "%s, \"%s\": a block of %s".formatted(file, section, language);
    }
  }

  /// All blocks of all documents, in their order.
  static List<Block> blocks() throws IOException {
    var blocks = new ArrayList<Block>();
    for (var file : ALL) {
      rewritten(
          file,
          block -> {
            blocks.add(block);
            return block;
          });
    }
    return blocks;
  }

  /// The text of a document with other blocks in place of its own.
  static String rewritten(Path file, UnaryOperator<Block> other) throws IOException {
    var text = new StringBuilder();
    var lines = Files.readAllLines(file).iterator();
    var section = "";
    while (lines.hasNext()) {
      var line = lines.next();
      text.append(line).append('\n');
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        section = heading.group(1);
      } else if (FENCE.matcher(line).matches()) {
        var content = new StringBuilder();
        var next = lines.next();
        while (!FENCE.matcher(next).matches()) {
          content.append(next).append('\n');
          next = lines.next();
        }
        var language = line.strip().substring(3);
        text.append(other.apply(new Block(file, section, language, content.toString())).text());
        text.append(next).append('\n');
      }
    }
    return text.toString();
  }
}
