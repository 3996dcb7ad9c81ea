package dev.kleos.iam.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldFileTest {

  @Test
  void theExampleOfTheDocumentation_isReadAndWrittenBackAlike() throws IOException {
    var source = Path.of("src/main/java/dev/kleos/iam/emulator/package-info.java");
    var example =
        Files.readAllLines(source).stream()
            .dropWhile(line -> !line.startsWith("/// ```json"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("/// ```"))
            .map(line -> line.substring(4))
            .collect(Collectors.joining("\n"));

    var written = Google.written(read(example));

    assertThat(written.replaceAll("\\s", "")).isEqualTo(example.replaceAll("\\s", ""));
  }

  @Test
  void demo_isWrittenPretty() throws IOException {
    assertThat(Google.written(World.demo()))
        .isEqualTo(
            """
            {
              "kleosIamEmulator": 1,
              "projects": {
                "kleos-demo": {
                  "number": "123456789012"
                }
              },
              "services": [
                "projects/kleos-demo/locations/us-central1/services/kleos-service"
              ],
              "serviceAccounts": {},
              "policies": {}
            }
            """);
  }

  @Test
  void policies_mayNameALiveAccountByEmail_andHaveUrlSafeEtagsOrNone() {
    var world =
        read(
            """
            {"kleosIamEmulator": 1, "projects": {"p": {"number": "1"}},
             "serviceAccounts": {"107569531804217301234": {"project": "p", "email": "a@p.iam.gserviceaccount.com"}},
             "policies": {
               "projects/p": {"version": 1},
               "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com": {"etag": "-_-_"}}}
            """);

    assertThat(world.policy("projects/p").getEtag()).isEqualTo(Policies.NEVER_SET.getEtag());
    assertThat(
            world
                .policy("projects/p/serviceAccounts/107569531804217301234")
                .getEtag()
                .toByteArray())
        .containsExactly(0xfb, 0xff, 0xbf);
  }

  @Test
  void identities_areWrittenSorted_inLowerCase() throws IOException {
    var world =
        read(
            """
            {"kleosIamEmulator": 1,
             "identities": {"Team@Example.com": "group", "zoe@example.com": "user", "alice@example.com": "user"}}
            """);

    assertThat(Google.written(world))
        .isEqualTo(
            """
            {
              "kleosIamEmulator": 1,
              "projects": {},
              "services": [],
              "identities": {
                "alice@example.com": "user",
                "team@example.com": "group",
                "zoe@example.com": "user"
              },
              "serviceAccounts": {},
              "policies": {}
            }
            """);
  }

  @Test
  void aliases_areWrittenSorted_theirPrimaryAddressesAsSpelled() throws IOException {
    var world =
        read(
            """
            {"kleosIamEmulator": 1,
             "aliases": {"Zoe@Example.com": "zoe.z@example.com", "alice@example.com": "Alice@Example.com"}}
            """);

    assertThat(Google.written(world))
        .isEqualTo(
            """
            {
              "kleosIamEmulator": 1,
              "projects": {},
              "services": [],
              "aliases": {
                "alice@example.com": "Alice@Example.com",
                "zoe@example.com": "zoe.z@example.com"
              },
              "serviceAccounts": {},
              "policies": {}
            }
            """);
  }

  @Test
  void services_areWrittenSorted_andAsObjectsOnlyWhereThereIsMoreToSay() throws IOException {
    var world =
        read(
            """
            {"kleosIamEmulator": 1, "projects": {"p": {"number": "1"}},
             "services": [
               {"name": "projects/p/locations/l/services/d", "answers": 404},
               {"name": "projects/p/locations/l/services/c", "ingress": "internal"},
               {"name": "projects/p/locations/l/services/b", "customAudiences": ["y", "x"]},
               {"name": "projects/p/locations/l/services/a", "customAudiences": [],
                "invokerIamDisabled": false, "ingress": "all", "answers": 200}],
             "disabledApis": {"p": ["run.googleapis.com", "iam.googleapis.com", "run.googleapis.com"]}}
            """);

    assertThat(Google.written(world))
        .isEqualTo(
            """
            {
              "kleosIamEmulator": 1,
              "projects": {
                "p": {
                  "number": "1"
                }
              },
              "services": [
                "projects/p/locations/l/services/a",
                {
                  "name": "projects/p/locations/l/services/b",
                  "customAudiences": [
                    "y",
                    "x"
                  ]
                },
                {
                  "name": "projects/p/locations/l/services/c",
                  "ingress": "internal"
                },
                {
                  "name": "projects/p/locations/l/services/d",
                  "answers": 404
                }
              ],
              "disabledApis": {
                "p": [
                  "iam.googleapis.com",
                  "run.googleapis.com"
                ]
              },
              "serviceAccounts": {},
              "policies": {}
            }
            """);
  }

  @Test
  void groupsAndRoles_areWrittenSorted_andReadAgain() throws IOException {
    var world =
        read(
            """
            {"kleosIamEmulator": 1, "projects": {"p": {"number": "1"}},
             "groups": {"Team@Example.com": ["Zoe@example.com", "a@p.iam.gserviceaccount.com", "deleted:serviceAccount:b@p.iam.gserviceaccount.com?uid=107569531804217301234"], "empty@example.com": []},
             "roles": {
               "projects/p/roles/reader": {"title": "Reader", "description": "Reads", "stage": "DISABLED", "includedPermissions": ["run.services.get", "iam.roles.get"]},
               "projects/p/roles/nothing": {"stage": "ALPHA"}}}
            """);
    var written =
        """
        {
          "kleosIamEmulator": 1,
          "projects": {
            "p": {
              "number": "1"
            }
          },
          "services": [],
          "groups": {
            "empty@example.com": [],
            "team@example.com": [
              "Zoe@example.com",
              "a@p.iam.gserviceaccount.com",
              "deleted:serviceAccount:b@p.iam.gserviceaccount.com?uid=107569531804217301234"
            ]
          },
          "roles": {
            "projects/p/roles/nothing": {
              "includedPermissions": []
            },
            "projects/p/roles/reader": {
              "title": "Reader",
              "description": "Reads",
              "stage": "DISABLED",
              "includedPermissions": [
                "run.services.get",
                "iam.roles.get"
              ]
            }
          },
          "serviceAccounts": {},
          "policies": {}
        }
        """;

    assertThat(Google.written(world)).isEqualTo(written);
    assertThat(Google.written(read(written))).isEqualTo(written);
    assertThat(Google.written(world.copy())).isEqualTo(written);
  }

  @Test
  void groupsAndRoles_comeBackByAReset_andByAFailureToSave() throws IOException {
    var content =
        """
        {"kleosIamEmulator": 1, "projects": {"p": {"number": "1"}},
         "groups": {"team@example.com": ["zoe@example.com"]}, "roles": {"projects/p/roles/r": {}}}
        """;
    var world = read(content);
    world.keptBy(_ -> {
      throw new StateFileException("disk full");
    });
    assertThatThrownBy(() -> world.becomeAgain(World.empty())).hasMessage("disk full");
    assertThat(Google.written(world)).isEqualTo(Google.written(read(content)));

    world.keptBy(_ -> {});
    world.becomeAgain(World.empty());
    assertThat(Google.written(world)).isEqualTo(Google.written(World.empty()));
    world.becomeAgain(read(content));
    assertThat(Google.written(world)).isEqualTo(Google.written(read(content)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "limits": "on" | limits can only be "off"
          "limits": true | limits must be a text
          "project": {} | project is not a key of this format
          "projects": [] | projects must be an object
          "projects": {"p": {}} | projects.p must have a number, as a text of digits
          "projects": {"p": {"number": 1}} | projects.p.number must be a text
          "projects": {"p": {"number": "1"}, "q": {"number": "1"}} | projects.q has the number of another project
          "services": ["s"] | services[0] must be projects/P/locations/L/services/S, of a project of this file
          "services": [1] | services[0] must be a text
          "services": [{}] | services[0] must have the key name
          "services": [{"name": "s"}] | services[0].name must be projects/P/locations/L/services/S, of a project of this file
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "url": "x"}] | services[0].url is not a key of this format
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "customAudiences": "x"}] | services[0].customAudiences must be a list
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "customAudiences": ["x", " "]}] | services[0].customAudiences[1] must not be empty
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "invokerIamDisabled": "true"}] | services[0].invokerIamDisabled must be true or false
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "ingress": "none"}] | services[0].ingress can only be "all", "internal" or "internal-and-cloud-load-balancing"
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "answers": 199}] | services[0].answers must be an HTTP status from 200 to 599
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "answers": 600}] | services[0].answers must be an HTTP status from 200 to 599
          "projects": {"p": {"number": "1"}}, "services": [{"name": "projects/p/locations/l/services/s", "answers": "500"}] | services[0].answers must be a number
          "disabledApis": ["run.googleapis.com"] | disabledApis must be an object
          "disabledApis": {"p": []} | disabledApis.p must stand under the id of a project of this file
          "projects": {"p": {"number": "1"}}, "disabledApis": {"1": []} | disabledApis.1 must stand under the id of a project of this file
          "projects": {"p": {"number": "1"}}, "disabledApis": {"p": "run.googleapis.com"} | disabledApis.p must be a list
          "projects": {"p": {"number": "1"}}, "disabledApis": {"p": ["run"]} | disabledApis.p[0] can only be one of cloudresourcemanager.googleapis.com, iam.googleapis.com, iamcredentials.googleapis.com, run.googleapis.com, serviceusage.googleapis.com
          "identities": ["team@example.com"] | identities must be an object
          "identities": {"team@example.com": "domain"} | identities.team@example.com can only be "user" or "group"
          "identities": {"team@example.com": "Group"} | identities.team@example.com can only be "user" or "group"
          "identities": {"team@example.com": true} | identities.team@example.com must be a text
          "identities": {"team": "group"} | identities.team must stand under an email address
          "identities": {"group:team@example.com": "group"} | identities.group:team@example.com must stand under an email address
          "identities": {"A@P.iam.gserviceaccount.com": "user"} | identities.A@P.iam.gserviceaccount.com has the address of a service account
          "identities": {"team@example.com": "group", "Team@example.com": "user"} | identities.Team@example.com has the address of another identity
          "aliases": {"ally": "alice@example.com"} | aliases.ally must be the address of a user or a group, under another one
          "aliases": {"ally@example.com": "alice"} | aliases.ally@example.com must be the address of a user or a group, under another one
          "aliases": {"ally@example.com": "a@p.iam.gserviceaccount.com"} | aliases.ally@example.com must be the address of a user or a group, under another one
          "aliases": {"ally@example.com": true} | aliases.ally@example.com must be a text
          "aliases": {"ally@example.com": "alice@example.com", "Ally@example.com": "bob@example.com"} | aliases.Ally@example.com has the address of another alias
          "groups": {"team": []} | groups.team must stand under the email address of a group
          "groups": {"a@p.iam.gserviceaccount.com": []} | groups.a@p.iam.gserviceaccount.com must stand under the email address of a group
          "groups": {"team@example.com": "zoe@example.com"} | groups.team@example.com must be a list
          "groups": {"team@example.com": ["user:zoe@example.com"]} | groups.team@example.com[0] must be an email address
          "groups": {"team@example.com": [], "Team@example.com": []} | groups.Team@example.com has the address of another group
          "identities": {"team@example.com": "user"}, "groups": {"team@example.com": []} | groups.team@example.com has the address of a user
          "roles": {"projects/p/roles/r": {}} | roles.projects/p/roles/r must stand under projects/P/roles/R, of a project of this file
          "projects": {"p": {"number": "1"}}, "roles": {"roles/r": {}} | roles.roles/r must stand under projects/P/roles/R, of a project of this file
          "projects": {"p": {"number": "1"}}, "roles": {"projects/p/roles/r": {"stage": "gone"}} | roles.projects/p/roles/r.stage can only be one of ALPHA, BETA, GA, DEPRECATED, DISABLED, EAP
          "projects": {"p": {"number": "1"}}, "roles": {"projects/p/roles/r": {"etag": "AA=="}} | roles.projects/p/roles/r.etag is not a key of this format
          "projects": {"p": {"number": "1"}}, "roles": {"projects/p/roles/r": {"includedPermissions": ["run.*"]}} | roles.projects/p/roles/r.includedPermissions[0] must be a permission, such as run.services.get
          "serviceAccounts": {"107569531804217301234": {"project": "p"}} | serviceAccounts.107569531804217301234 must have a project of this file
          "projects": {"p": {"number": "1"}}, "serviceAccounts": {"107569531804217301234": {"project": "p", "email": "a@b.c"}} | serviceAccounts.107569531804217301234 must have an email that ends in .gserviceaccount.com
          "projects": {"p": {"number": "1"}}, "serviceAccounts": {"107569531804217301234": {"project": "p", "email": "a@p.iam.gserviceaccount.com"}, "107569531804217301235": {"project": "p", "email": "A@p.iam.gserviceaccount.com"}} | serviceAccounts.107569531804217301235 has the email of another account that is not deleted
          "serviceAccounts": {"107569531804217301234": {"deleteTime": "now"}} | serviceAccounts.107569531804217301234.deleteTime must be a time, such as 2026-11-23T10:00:00Z
          "serviceAccounts": {"107569531804217301234": {"disabled": "yes"}} | serviceAccounts.107569531804217301234.disabled must be true or false
          "serviceAccounts": {"1": {}} | serviceAccounts.1 must stand under a unique id of 21 digits
          "projects": {"a/b": {"number": "1"}} | projects.a/b is not the id of a project
          "policies": {"projects/p": {}} | policies.projects/p is the policy of nothing in this file
          "projects": {"p": {"number": "1"}}, "policies": {"projects/p": {"etag": "?"}} | policies.projects/p.etag must be base64
          "projects": {"p": {"number": "1"}}, "policies": {"projects/p": {"bindings": [{"rôle": ""}]}} | policies.projects/p.bindings[0].rôle is not a key of this format
          "projects": {"p": {"number": "1"}}, "policies": {"projects/p": {"bindings": [{"members": [1]}]}} | policies.projects/p.bindings[0].members[0] must be a text
          "projects": {"p": {"number": "1"}}, "policies": {"projects/p": {"bindings": {}}} | policies.projects/p.bindings must be a list
          "projects": {"p": {"number": "1"}}, "policies": {"projects/p": {"auditConfigs": [{"auditLogConfigs": [{"logType": "X"}]}]}} | policies.projects/p.auditConfigs[0].auditLogConfigs[0].logType must be a log type, such as DATA_READ
          """)
  void mistakes_areToldWithTheirPlace(String content, String complaint) {
    assertThatThrownBy(() -> read("{\"kleosIamEmulator\": 1, " + content + "}"))
        .isInstanceOf(StateFileException.class)
        .hasMessage("FILE: " + complaint + "; mend the file, or use another");
  }

  @Test
  void aKeyThatStandsTwice_isRefused() {
    assertThatThrownBy(() -> read("{\"kleosIamEmulator\": 1, \"policies\": {}, \"policies\": {}}"))
        .hasMessageContaining("the key \"policies\" stands twice");
  }

  @Test
  void aNumberBeyondAllNumbers_isRefused() {
    assertThatThrownBy(() -> read("{\"kleosIamEmulator\": 1e99999999999}"))
        .isInstanceOf(StateFileException.class)
        .hasMessage(
            "FILE: is no state file of the emulator: it is not JSON"
                + " (the number 1e99999999999 is beyond reading, at $.kleosIamEmulator);"
                + " use another file, or move this one away");
  }

  /// Written as UTF-8, all halves would become one question mark, and these two projects one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"projects\": {\"\\ud800\": {\"number\": \"1\"}, \"\\udc00\": {\"number\": \"2\"}}",
        "\"limits\": \"\\ud800\"",
      })
  void halfASurrogatePair_isRefused(String content) {
    assertThatThrownBy(() -> read("{\"kleosIamEmulator\": 1, " + content + "}"))
        .isInstanceOf(StateFileException.class)
        .hasMessageContaining("a text has half a surrogate pair, at $.");
  }

  private static World read(String content) {
    return WorldReader.read(content.getBytes(UTF_8), "FILE");
  }
}
