package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {

  @Test
  void match_bindsWhatTheVariablesStandFor() {
    assertThat(match("/v1/{name=projects/*/serviceAccounts/*}", "v1/projects/p/serviceAccounts/s"))
        .isEqualTo(Map.of("name", "projects/p/serviceAccounts/s"));
    assertThat(match("/v1/{a.b=x/*}/y/{c}", "v1/x/1/y/2"))
        .isEqualTo(Map.of("a.b", "x/1", "c", "2"));
    assertThat(match("/v1/roles:query", "v1/roles")).isEqualTo(Map.of());
  }

  @Test
  void match_openEnd_takesTheRest() {
    assertThat(match("/v1/{resource=**}:getIamPolicy", "v1/a/b/c"))
        .isEqualTo(Map.of("resource", "a/b/c"));
    assertThat(match("/v1/{name=x/**}", "v1/x")).isEqualTo(Map.of("name", "x"));
  }

  @Test
  void match_ofAnotherPath_isEmpty() {
    var template = PathTemplate.parse("/v1/{name=projects/*}");

    for (var path :
        new String[] {
          "v1", "v1/projects", "v1/projects/", "v1/folders/f", "v2/projects/p", "v1/projects/p/q"
        }) {
      assertThat(template.match(Splitter.on('/').splitToList(path))).as(path).isEmpty();
    }
  }

  @Test
  void parse_findsTheVerb() {
    assertThat(PathTemplate.parse("/v1/{name=projects/*}:enable").verb()).isEqualTo("enable");
    assertThat(PathTemplate.parse("/v1/projects:search").verb()).isEqualTo("search");
    assertThat(PathTemplate.parse("/v1/{name=projects/*}").verb()).isEmpty();
  }

  private static Map<String, String> match(String template, String path) {
    return PathTemplate.parse(template).match(Splitter.on('/').splitToList(path)).orElseThrow();
  }
}
