package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeReaderTest {
  @Test
  void span_ofANode_coversItsTextAndNoMore() {
    var text =
        new SourceText(
            "a.yaml",
            """
            plain: some text   # comment
            'single': "double 😀"
            flow: [ a, {b: c} ]
            list:   # comment
              - one
              - two   # comment

            # comment
            last: 3
            """);

    assertThat(slices(read(text), text))
        .contains(
            "plain",
            "some text",
            "'single'",
            "\"double 😀\"",
            "[ a, {b: c} ]",
            "{b: c}",
            "- one\n  - two",
            "one",
            "two",
            "3");
  }

  @ParameterizedTest
  @CsvSource({
    "1, INTEGER",
    "-12, INTEGER",
    "0o17, INTEGER",
    "0x1F, INTEGER",
    "017, INTEGER",
    "1.5, FLOAT",
    "1e3, FLOAT",
    ".inf, FLOAT",
    ".nan, FLOAT",
    "true, BOOLEAN",
    "FALSE, BOOLEAN",
    "~, NULL",
    "null, NULL",
    "'', NULL",
    "yes, TEXT",
    "off, TEXT",
    "2027-01-31, TEXT",
    "1_000, TEXT",
    "12:30:45, TEXT",
    "0b1, TEXT",
    "1.2.3, TEXT",
    "tRue, TEXT"
  })
  void type_ofAPlainScalar_isThatOfTheCoreSchema(String text, ScalarType type) {
    assertThat(ScalarType.ofPlain(text)).isEqualTo(type);
  }

  @Test
  void type_ofAQuotedScalar_isAlwaysText() {
    var text = new SourceText("a.yaml", "a: '1'\nb: \"true\"\nc: |\n  1\nd: ''\n");

    assertThat(((Node.Mapping) read(text)).pairs())
        .allSatisfy(pair -> assertThat(pair.value().kind()).isEqualTo("a text"));
  }

  private static Node read(SourceText text) {
    return NodeReader.read(text, new Problems()).orElseThrow();
  }

  private static List<String> slices(Node node, SourceText text) {
    var slices = new ArrayList<String>();
    slices.add(
        text.text()
            .codePoints()
            .skip(node.span().start())
            .limit(node.span().end() - (long) node.span().start())
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString());
    switch (node) {
      case Node.Scalar _, Node.Refused _ -> {}
      case Node.Sequence list -> list.items().forEach(item -> slices.addAll(slices(item, text)));
      case Node.Mapping mapping ->
          mapping
              .pairs()
              .forEach(pair -> {
                slices.addAll(slices(pair.key(), text));
                slices.addAll(slices(pair.value(), text));
              });
    }
    return slices;
  }
}
