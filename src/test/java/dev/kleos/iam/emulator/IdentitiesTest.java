package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {
  private static final String ROLE = "roles/viewer";
  private static final String A_GROUP =
      "Account team@example.com is of type \"group\". Please set the type prefix to be \"group:\".";

  private final Google google = new Google(Emulator.start(world()));

  @TempDir private Path folder;

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          user:team@example.com | Account team@example.com is of type "group". Please set the type prefix to be "group:".
          user:TEAM@example.com | Account TEAM@example.com is of type "group". Please set the type prefix to be "group:".
          user:list@example.com | Account list@example.com is of type "group". Please set the type prefix to be "group:".
          serviceAccount:team@example.com | Account team@example.com is of type "group". Please set the type prefix to be "group:".
          group:alice@example.com | Account alice@example.com is of type "user". Please set the type prefix to be "user:".
          serviceAccount:alice@example.com | Account alice@example.com is of type "user". Please set the type prefix to be "user:".
          """)
  void set_whenTheAddressIsOfAnotherType_isRefusedWhole(String member, String text) {
    var written = google.set(PROJECT, policy(binding(ROLE, "user:before@example.com")));

    var failure =
        failure(() -> google.set(PROJECT, policy(binding(ROLE, "user:alice@example.com", member))));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription()).isEqualTo(text);
    assertThat(google.get(PROJECT)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group:team@example.com",
        "group:Team@Example.com",
        "group:list@example.com",
        "user:Alice@Example.com",
        "user:bob@example.com",
        "group:bob@example.com",
        "deleted:user:team@example.com?uid=123456789012345678901",
      })
  void set_whenTheAddressIsOfThatType_orNotListed_keepsTheSpelling(String member) {
    assertThat(google.set(PROJECT, policy(binding(ROLE, member))).getBindings(0).getMembersList())
        .containsExactly(member);
  }

  @ParameterizedTest
  @CsvSource({
    "user:ally@example.com, user:Alice@Example.com",
    "user:ALLY@example.com, user:Alice@Example.com",
    "user:alice@example.com, user:Alice@Example.com",
    "group:crew@example.com, group:team@example.com",
    "deleted:user:ally@example.com?uid=123456789012345678901, deleted:user:ally@example.com?uid=123456789012345678901",
  })
  void set_ofAnotherName_storesThePrimaryAddress_inItsOwnSpelling(String member, String stored) {
    assertThat(google.set(PROJECT, policy(binding(ROLE, member))).getBindings(0).getMembersList())
        .containsExactly(stored);
    assertThat(google.get(PROJECT).getBindings(0).getMembersList()).containsExactly(stored);
  }

  @Test
  void set_ofBothNamesOfOnePerson_storesOneMember() {
    var sent = policy(binding(ROLE, "user:alice@example.com", "user:ally@example.com"));

    assertThat(google.set(PROJECT, sent).getBindings(0).getMembersList())
        .containsExactly("user:Alice@Example.com");
  }

  @Test
  void set_ofAnotherName_asTheWrongType_isRefused() {
    var failure =
        failure(() -> google.set(PROJECT, policy(binding(ROLE, "user:crew@example.com"))));

    assertThat(failure.getStatus().getDescription())
        .isEqualTo(
            "Account crew@example.com is of type \"group\". Please set the type prefix to be"
                + " \"group:\".");
  }

  /// As any other rule for members does.
  @Test
  void set_whenTheMemberStoodThereBefore_isRefusedAsWell() {
    google.emulator.world().putPolicy(PROJECT, policy(binding(ROLE, "user:team@example.com")));

    var failure = failure(() -> google.set(PROJECT, google.get(PROJECT)));

    assertThat(failure.getStatus().getDescription()).isEqualTo(A_GROUP);
  }

  @Test
  void set_whenAnExemptedMemberIsOfAnotherType_isRefused() {
    var request = Google.exempting(PROJECT, "user:team@example.com");

    assertThat(failure(() -> google.set(request)).getStatus().getDescription()).isEqualTo(A_GROUP);
  }

  @Test
  void reset_bringsThemBack() throws IOException {
    var world = google.emulator.world();
    world.write(() -> {
      world.persons.identities.put("bob@example.com", "group");
      world.persons.identities.remove("team@example.com");
      world.persons.aliases.remove("ally@example.com");
      return null;
    });
    assertThat(Google.written(world)).isNotEqualTo(Google.written(world()));

    google.emulator.reset();

    assertThat(Google.written(world)).isEqualTo(Google.written(world()));
  }

  @Test
  void write_whenItCannotBeSaved_leavesThem() {
    var world = world();
    world.keptBy(_ -> {
      throw new StateFileException("disk full");
    });

    assertThatThrownBy(() -> world.becomeAgain(World.demo())).hasMessage("disk full");

    assertThat(world.persons.identities.get("team@example.com")).contains("group");
  }

  @Test
  void stateFile_keepsThem_overEveryChange() throws IOException {
    var file = folder.resolve("state.json");
    try (var first = new Google(Emulator.start(StateFile.open(file, IdentitiesTest::world)))) {
      first.create("invoker");
    }
    try (var second = new Google(Emulator.start(StateFile.open(file)))) {
      second.delete("invoker");
      second.emulator.reset();
      var failure =
          failure(() -> second.set(PROJECT, policy(binding(ROLE, "user:team@example.com"))));

      assertThat(failure.getStatus().getDescription()).isEqualTo(A_GROUP);
      assertThat(file)
          .content()
          .contains(
              """
                "identities": {
                  "alice@example.com": "user",
                  "list@example.com": "group",
                  "team@example.com": "group"
                },
                "aliases": {
                  "alice@example.com": "Alice@Example.com",
                  "ally@example.com": "Alice@Example.com",
                  "crew@example.com": "team@example.com"
                },
              """);
    }
  }

  private static World world() {
    var content =
        """
        {"kleosIamEmulator": 1, "projects": {"kleos-demo": {"number": "123456789012"}},
         "identities": {
           "team@example.com": "group", "List@Example.com": "group", "alice@example.com": "user"},
         "aliases": {
           "Ally@example.com": "Alice@Example.com", "alice@example.com": "Alice@Example.com",
           "crew@example.com": "team@example.com"}}
        """;
    return WorldReader.read(content.getBytes(UTF_8), "FILE");
  }
}
