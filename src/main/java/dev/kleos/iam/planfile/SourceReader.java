package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.model.Invisible;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/// Turns a file's bytes into text, or says at which character they are none.
final class SourceReader {
  private final PlanSource.Content source;
  private final byte[] bytes;
  private final Problems problems;

  private SourceReader(PlanSource.Content source, Problems problems) {
    this.source = source;
    this.bytes = source.bytes();
    this.problems = problems;
  }

  /// The text, or empty where it cannot be parsed at all; what is wrong is added to the problems.
  static Optional<SourceText> read(PlanSource.Content source, Problems problems) {
    return new SourceReader(source, problems).read();
  }

  private Optional<SourceText> read() {
    if (startsWith(0xff, 0xfe) || startsWith(0xfe, 0xff) || hasNulBeside()) {
      return notUtf8(Span.startOf(source.name()), "the file is UTF-16; save it as UTF-8");
    }
    var in = ByteBuffer.wrap(bytes);
    if (startsWith(0xef, 0xbb, 0xbf)) {
      in.position(3);
    }
    var out = CharBuffer.allocate(bytes.length + 1);
    var malformed =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(in, out, true)
            .isError();
    var readable = out.flip().toString();
    if (malformed) {
      return malformedAt(in.position(), readable);
    }
    var text = new SourceText(source.name(), readable);
    problems.open(text);
    return checkCharacters(text) ? Optional.of(text) : Optional.empty();
  }

  private Optional<SourceText> malformedAt(int position, String before) {
    var all = new String(bytes, UTF_8);
    var text = new SourceText(source.name(), all.startsWith("\ufeff") ? all.substring(1) : all);
    problems.open(text);
    var offset = before.codePointCount(0, before.length());
    return notUtf8(
        text.span(offset, offset + 1),
        "byte 0x%02X is not UTF-8; save the file as UTF-8".formatted(bytes[position]));
  }

  private Optional<SourceText> notUtf8(Span span, String message) {
    problems.add(ProblemCode.NOT_UTF8, span, message);
    return Optional.empty();
  }

  /// UTF-16 without a mark: of its first two bytes, a letter or a `#`, one is 0.
  private boolean hasNulBeside() {
    return bytes.length >= 2 && (bytes[0] == 0) != (bytes[1] == 0);
  }

  private boolean startsWith(int... marks) {
    if (bytes.length < marks.length) {
      return false;
    }
    for (var i = 0; i < marks.length; i++) {
      if (Byte.toUnsignedInt(bytes[i]) != marks[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether the text has none that YAML refuses. Hidden ones are problems too, but the rest of the
  /// file is read all the same.
  private boolean checkCharacters(SourceText text) {
    var nul = text.text().indexOf('\0');
    if (nul >= 0) {
      var offset = text.text().codePointCount(0, nul);
      problems.add(
          ProblemCode.CONTROL_CHARACTER,
          text.span(offset, offset + 1),
          "a NUL character: this is not a text file");
      return false;
    }
    var parseable = true;
    for (var i = 0; i < text.length(); i++) {
      var codePoint = text.codePointAt(i);
      if (Characters.isControl(codePoint)) {
        parseable = false;
        problems.add(
            ProblemCode.CONTROL_CHARACTER,
            text.span(i, i + 1),
            "control character ",
            () -> Characters.name(codePoint) + "; remove it");
      } else if (Invisible.isHidden(codePoint)) {
        problems.add(
            ProblemCode.HIDDEN_CHARACTER,
            text.span(i, i + 1),
            "hidden character ",
            () -> Characters.name(codePoint) + "; remove it");
      }
    }
    return parseable;
  }
}
