package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanEditor.NewEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Before and after, case by case. Each addition is taken out again as well, which must give the
/// same bytes.
class PlanEditorTest {
  private static final Resource ACCOUNT = Resource.Account.inProject("kleos-demo", "kleos-invoker");
  private static final Resource SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final NewEntry NEW = new NewEntry("user:new@example.com", null, null);
  private static final NewEntry UNTIL =
      new NewEntry("user:new@example.com", "2027-01-31", "contractor: OPS-12");

  @Test
  void add_toLines_putsALineBehindTheLast() {
    added(
        """
        users:
          - user:a@example.com
          - user:b@example.com   # the last

        # about the services
        """,
        NEW,
        """
        users:
          - user:a@example.com
          - user:b@example.com   # the last
          - user:new@example.com

        # about the services
        """);
  }

  @Test
  void add_ofAnEnd_writesKeys() {
    added(
        """
        users:
          - user:a@example.com
        """,
        UNTIL,
        """
        users:
          - user:a@example.com
          - principal: user:new@example.com
            until: 2027-01-31
            reason: 'contractor: OPS-12'
        """);
  }

  @Test
  void add_amongEntriesWithKeys_writesAKey() {
    added(
        """
        users:
          - principal: user:a@example.com
          - principal: user:b@example.com
            reason: |
              two
              lines

        bindings: []
        """,
        NEW,
        """
        users:
          - principal: user:a@example.com
          - principal: user:b@example.com
            reason: |
              two
              lines
          - principal: user:new@example.com

        bindings: []
        """);
  }

  @Test
  void add_afterATextThatKeepsItsEmptyLines_leavesThemToIt() {
    added(
        """
        users:
          - principal: user:b@example.com
            reason: |+
              two

        bindings: []
        """,
        NEW,
        """
        users:
          - principal: user:b@example.com
            reason: |+
              two

          - user:new@example.com
        bindings: []
        """);
  }

  @Test
  void add_amongBraces_writesBraces() {
    added(
        """
        users:
          - user:a@example.com
          - { principal: user:b@example.com, until: '2028-01-01' }
        """,
        UNTIL,
        """
        users:
          - user:a@example.com
          - { principal: user:b@example.com, until: '2028-01-01' }
          - { principal: user:new@example.com, until: '2027-01-31', reason: 'contractor: OPS-12' }
        """);
  }

  @Test
  void add_followsColumnSpacesAndQuotesOfItsNeighbour() {
    added(
        """
        users:
            -   user:a@example.com
            -   "user:b@example.com"
        """,
        NEW,
        """
        users:
            -   user:a@example.com
            -   "user:b@example.com"
            -   "user:new@example.com"
        """);
    added(
        """
        users:
        - 'user:a@example.com'
        bindings: []
        """,
        UNTIL,
        """
        users:
        - 'user:a@example.com'
        - principal: 'user:new@example.com'
          until: 2027-01-31
          reason: 'contractor: OPS-12'
        bindings: []
        """);
  }

  @Test
  void add_afterADashOnItsOwnLine_putsOneDashAndOneSpace() {
    added(
        """
        users:
          -
            user:a@example.com
          - # comment
            principal: user:b@example.com
        """,
        NEW,
        """
        users:
          -
            user:a@example.com
          - # comment
            principal: user:b@example.com
          - user:new@example.com
        """);
  }

  @Test
  void add_toBrackets_followsTheirCommas() {
    added("users: []\n", NEW, "users: [user:new@example.com]\n");
    added("users: [ ]\n", NEW, "users: [ user:new@example.com ]\n");
    added("users: [user:a@x.org]\n", NEW, "users: [user:a@x.org, user:new@example.com]\n");
    added(
        "users: [ user:a@x.org,user:b@x.org ]  # c\n",
        NEW,
        "users: [ user:a@x.org,user:b@x.org,user:new@example.com ]  # c\n");
    added("users: [user:a@x.org, ]\n", NEW, "users: [user:a@x.org, user:new@example.com, ]\n");
    added("users: ['user:a@x.org']\n", NEW, "users: ['user:a@x.org', 'user:new@example.com']\n");
    added(
        "users: [user:a@x.org]\n",
        UNTIL,
        "users: [user:a@x.org, {principal: user:new@example.com, until: 2027-01-31, reason:"
            + " 'contractor: OPS-12'}]\n");
  }

  @Test
  void add_toBracketsOverLines_putsALine() {
    added(
        """
        users: [
          user:a@example.com,  # first
          user:b@example.com   # last
        ]
        """,
        NEW,
        """
        users: [
          user:a@example.com,  # first
          user:b@example.com,   # last
          user:new@example.com
        ]
        """);
    added(
        """
        users: [
          user:a@example.com,
          user:b@example.com,   # last
          # nobody else
        ]
        """,
        NEW,
        """
        users: [
          user:a@example.com,
          user:b@example.com,   # last
          user:new@example.com,
          # nobody else
        ]
        """);
    added(
        """
        users: [user:a@example.com,
                user:b@example.com]
        """,
        NEW,
        """
        users: [user:a@example.com,
                user:b@example.com,
                user:new@example.com]
        """);
    added(
        """
        users: [
          # nobody yet
        ]
        """,
        NEW,
        """
        users: [
          # nobody yet
          user:new@example.com
        ]
        """);
  }

  @Test
  void add_underAKeyWithoutValue_putsALineBelow() {
    added(
        """
        users:  # who
        bindings: []
        """,
        NEW,
        """
        users:  # who
          - user:new@example.com
        bindings: []
        """);
    added(
        """
        users:
          # contractors
          # and others

        bindings: []
        """,
        NEW,
        """
        users:
          # contractors
          # and others
          - user:new@example.com

        bindings: []
        """);
    added(
        """
        users:
        bindings: []
        """,
        NEW,
        """
        users:
        - user:new@example.com
        bindings: []
        """);
    addedForGood(
        """
        users: null  # nobody
        bindings: []
        """,
        NEW,
        """
        users:  # nobody
          - user:new@example.com
        bindings: []
        """);
  }

  @Test
  void add_whereTheKeyIsMissing_putsItBeforeTheBindings() {
    added(
        """
        displayName: Invoker  # shown

        # other roles
        bindings:
        - role: roles/iam.workloadIdentityUser
          members:
          - user:a@example.com
        """,
        NEW,
        """
        displayName: Invoker  # shown
        users:
        - user:new@example.com

        # other roles
        bindings:
        - role: roles/iam.workloadIdentityUser
          members:
          - user:a@example.com
        """);
    added(
        """
        # other roles
        bindings: []
        """,
        NEW,
        """
        users:
          - user:new@example.com
        # other roles
        bindings: []
        """);
    added(
        """
        displayName: Invoker
        """,
        UNTIL,
        """
        displayName: Invoker
        users:
          - principal: user:new@example.com
            until: 2027-01-31
            reason: 'contractor: OPS-12'
        """);
  }

  @Test
  void add_toBraces_staysInBraces() {
    addedTo("{}", "{users: [user:new@example.com]}");
    addedTo("{ }", "{ users: [user:new@example.com] }");
    addedTo("{displayName: x}", "{displayName: x, users: [user:new@example.com]}");
    addedTo("{users: []}", "{users: [ user:new@example.com ]}");
    addedTo("{users: [user:a@x.org]}", "{users: [user:a@x.org, user:new@example.com]}");
    addedTo("{'users': ['a-user']}", "{'users': ['a-user', 'user:new@example.com']}");
    addedTo("{\"displayName\": x}", "{\"displayName\": x, \"users\": [user:new@example.com]}");
    addedTo("", "\n    users:\n      - user:new@example.com");
    addedTo("  # who", "  # who\n    users:\n      - user:new@example.com");
    addedTo("\n    # deeper", "\n    # deeper\n    users:\n      - user:new@example.com");
  }

  @Test
  void add_inBrackets_quotesWhatMustBe() {
    var entry = new NewEntry("serviceAccount:p.svc.id.goog[a/b]", null, "at 8, daily");

    added(
        "users: []\n",
        entry,
        "users: [{principal: 'serviceAccount:p.svc.id.goog[a/b]', reason: 'at 8, daily'}]\n");
    added(
        "users:  # who\n",
        entry,
        """
        users:  # who
          - principal: serviceAccount:p.svc.id.goog[a/b]
            reason: at 8, daily
        """);
  }

  @Test
  void add_whereTheAccountIsMissing_putsItBehindTheLast() {
    var other = Resource.Account.ofEmail("x@other-demo.iam.gserviceaccount.com");
    var before =
        """
        version: 1
        project: kleos-demo

        # the accounts
        serviceAccounts:
            ci-runner:
                users: [user:a@x.org]

        services: {}
        """;

    var more =
        """
        [user:a@x.org]
            KEY:
                users:
                  - user:new@example.com
        """;
    assertThat(add(before, ACCOUNT, NEW))
        .isEqualTo(before.replace("[user:a@x.org]\n", more.replace("KEY", "kleos-invoker")));
    assertThat(add(before, other, NEW))
        .isEqualTo(
            before.replace(
                "[user:a@x.org]\n", more.replace("KEY", "x@other-demo.iam.gserviceaccount.com")));
    assertThat(add("version: 1\nservices: {}\n", ACCOUNT, NEW))
        .isEqualTo(
            """
            version: 1

            serviceAccounts:
              kleos-invoker:
                users:
                  - user:new@example.com
            services: {}
            """);
    assertThat(add("{version: 1, serviceAccounts: {}}", ACCOUNT, NEW))
        .isEqualTo(
            "{version: 1, serviceAccounts: {kleos-invoker: {users: [user:new@example.com]}}}");
  }

  @Test
  void add_findsTheKey_howeverItIsSpelled() {
    var text =
        """
        ---
        version: 1
        region: us-central1
        serviceAccounts:
          Kleos-Invoker@kleos-demo.iam.gserviceaccount.com:
            users: [user:a@x.org]
        services:
          europe-west1/kleos-service: {invokers: [user:b@x.org]}
          kleos-service: {invokers: [user:c@x.org]}
        ...
        """;

    assertThat(add(text, ACCOUNT, NEW)).isEqualTo(behind(text, "user:a@x.org"));
    assertThat(add(text, SERVICE, NEW)).isEqualTo(behind(text, "user:c@x.org"));
    assertThat(add(text, new Resource.Service("kleos-demo", "europe-west1", "kleos-service"), NEW))
        .isEqualTo(behind(text, "user:b@x.org"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void add_keepsLineBreaks_theByteOrderMark_andAMissingLastBreak(String lineBreak) {
    var lines =
        """
        \ufeffversion: 1 # \ud83d\ude00\tx
        serviceAccounts:
          kleos-invoker:
            users:
              - user:a@x.org\
        """; // without a last break
    var before = lines.replace("\n", lineBreak);
    var after = (lines + "\n      - user:new@example.com").replace("\n", lineBreak);

    assertThat(add(before, ACCOUNT, NEW)).isEqualTo(after);
    assertThat(remove(after, ACCOUNT, NEW.principal())).isEqualTo(before);
  }

  @Test
  void change_ofAPrincipalAlone_givesItKeys_andTakesThemBack() {
    changed(
        """
        users:
          - 'user:bob@x.org'  # c
          - user:a@x.org
        """,
        new NewEntry("user:Bob@x.org", "2027-01-31", null),
        """
        users:
          - principal: 'user:bob@x.org'  # c
            until: 2027-01-31
          - user:a@x.org
        """);
    changed(
        "users: [user:bob@x.org, user:a@x.org]\n",
        new NewEntry("user:bob@x.org", "2027-01-31", null),
        "users: [{principal: user:bob@x.org, until: 2027-01-31}, user:a@x.org]\n");
  }

  @Test
  void change_ofAnEnd_replacesItInItsPlace() {
    var before =
        """
        users:
          - until: "2026-12-31"   # soon
            # who
            principal: user:bob@x.org
            allow: public
          - {principal: user:a@x.org, until: 2026-12-31, reason: x}
        """;

    assertThat(change(before, new NewEntry("user:bob@x.org", "2027-01-31", "now: two")))
        .isEqualTo(
            """
            users:
              - until: "2027-01-31"   # soon
                reason: 'now: two'
                # who
                principal: user:bob@x.org
                allow: public
              - {principal: user:a@x.org, until: 2026-12-31, reason: x}
            """);
    assertThat(change(before, new NewEntry("user:bob@x.org", null, null)))
        .isEqualTo(
            """
            users:
              -    # soon
                # who
                principal: user:bob@x.org
                allow: public
              - {principal: user:a@x.org, until: 2026-12-31, reason: x}
            """);
    assertThat(change(before, new NewEntry("user:a@x.org", null, "y")))
        .isEqualTo(before.replace("until: 2026-12-31, reason: x", "reason: y"));
  }

  @Test
  void remove_takesTheLinesOfTheEntry_andNoOthers() {
    removed(
        """
        displayName: x
        # people
        users:
          # first
          - principal: user:bob@x.org  # c
            # inside
            reason: >-
              long

          # second
          - user:a@x.org
        """,
        """
        displayName: x
        # people
        users:
          # first

          # second
          - user:a@x.org
        """);
    removed(
        """
        displayName: x
        users:
          # contractors
          - user:bob@x.org
        bindings: []
        """,
        """
        displayName: x
        users:
          # contractors
        bindings: []
        """);
    removed("users: [user:bob@x.org, user:a@x.org]\n", "users: [user:a@x.org]\n");
    removed("users: [user:a@x.org,user:bob@x.org]\n", "users: [user:a@x.org]\n");
    removed("users: [user:bob@x.org,]\n", "users: []\n");
  }

  @Test
  void remove_keepsTheKeyThatKeepsACommentOutOfATextAboveIt() {
    removed(
        """
        description: >-
          long
        users:
          - user:bob@x.org
          # nobody else
        bindings: []
        """,
        """
        description: >-
          long
        users:
          # nobody else
        bindings: []
        """);
  }

  @Test
  void remove_reachesTheMembersOfBindings_butLeavesTheirKey() {
    removed(
        """
        users:
          - user:a@x.org
          - user:BOB@x.org
        bindings:
          - role: roles/viewer.one
            members:   # who
              - user:bob@x.org
          - role: roles/viewer.two
            members: [user:bob@x.org, user:a@x.org]
        """,
        """
        users:
          - user:a@x.org
        bindings:
          - role: roles/viewer.one
            members: []   # who
          - role: roles/viewer.two
            members: [user:a@x.org]
        """);
  }

  @Test
  void remove_ofAnAccount_findsItsIdAsWell() {
    var text =
        """
        version: 1
        projectPolicy:
          bindings:
          - role: roles/run.viewer
            members: [kleos-invoker, user:a@x.org]
        """;

    assertThat(
            remove(
                text,
                new Resource.Project("kleos-demo"),
                "serviceAccount:Kleos-Invoker@kleos-demo.iam.gserviceaccount.com"))
        .isEqualTo(text.replace("kleos-invoker, ", ""));
  }

  @Test
  void rename_writesAnotherNameInEveryEntry_andKeepsAllElse() {
    var text =
        inAccount(
            """
            users:
              - user:BOB@x.org   # on duty
              - principal: user:a@x.org
            bindings:
              - role: roles/viewer.one
                members: [user:a@x.org, 'user:bob@x.org']
            """);

    assertThat(rename(text, "user:robert@x.org"))
        .isEqualTo(text.replace("BOB", "bob").replace("user:bob@x.org", "user:robert@x.org"));
    assertThat(
            rename(
                inAccount("users:\n  - {principal: \"user:bob@x.org\", until: 2027-01-31}\n"),
                "user:robert@x.org"))
        .isEqualTo(
            inAccount("users:\n  - {principal: \"user:robert@x.org\", until: 2027-01-31}\n"));
  }

  @Test
  void rename_toNoPrincipal_orToTheSame_isRefused() {
    var text = inAccount("users: [user:bob@x.org]\n");

    assertThatThrownBy(() -> rename(text, "user:Bob@x.org"))
        .hasMessage(
            "a.yaml: cannot rename \"user:bob@x.org\": \"user:Bob@x.org\" is the same principal");
    assertThatThrownBy(() -> rename(text, "user:bob"))
        .hasMessage(
            "a.yaml: cannot rename \"user:bob@x.org\": \"user:bob\" has no e-mail address; write"
                + " e.g. \"user:someone@example.com\"");
  }

  @Test
  void edit_thatCannotBeExact_isRefusedWithWhatToDo() {
    refused(
        "version: 1\nserviceAccounts: {kleos-invoker: {users: [oops]}, oops: {}}\n",
        NEW,
        "the file has errors; correct them first");
    refused(
        "version: 1\n",
        new NewEntry("user:new@example.com", null, "two\nlines"),
        "\"two\nlines\" is not one line of plain text; leave out what is not");
    refused(
        "version: 1\n",
        new NewEntry("user:new@example.com", "tomorrow", null),
        "\"tomorrow\" is neither a day such as 2027-01-31 nor an instant such as"
            + " 2027-01-31T18:00:00Z");
    assertThatThrownBy(() ->
            change(
                "users:\n  - |-\n    user:a@x.org\n",
                new NewEntry("user:a@x.org", "2027-01-31", null)))
        .hasMessage(
            "a.yaml: cannot change \"user:a@x.org\": the way the file is written, more would change"
                + " than the entry on projects/kleos-demo/serviceAccounts/"
                + "kleos-invoker@kleos-demo.iam.gserviceaccount.com; edit it by hand");
    assertThatThrownBy(() -> add("version: 1\n", SERVICE, NEW))
        .hasMessage(
            "a.yaml: cannot add \"user:new@example.com\": the file has no key for"
                + " projects/kleos-demo/locations/us-central1/services/kleos-service; write it"
                + " under \"services\" by hand");
    assertThatThrownBy(() -> change("users: []\n", NEW))
        .isInstanceOf(UneditableException.class)
        .hasMessage(
            "a.yaml: cannot change \"user:new@example.com\": there should be one entry, and there"
                + " are 0 on projects/kleos-demo/serviceAccounts/"
                + "kleos-invoker@kleos-demo.iam.gserviceaccount.com; edit them by hand");
  }

  private static void refused(String text, NewEntry entry, String why) {
    assertThatThrownBy(() -> add(text, ACCOUNT, entry))
        .isInstanceOf(UneditableException.class)
        .hasMessage("a.yaml: cannot add \"user:new@example.com\": " + why);
  }

  private static void changed(String body, NewEntry entry, String expected) {
    assertThat(change(body, entry)).isEqualTo(expected);
    assertThat(change(expected, new NewEntry(entry.principal(), null, null))).isEqualTo(body);
  }

  private static void removed(String body, String expected) {
    assertThat(remove(inAccount(body), ACCOUNT, "user:bob@x.org")).isEqualTo(inAccount(expected));
  }

  private static void addedTo(String value, String expected) {
    var key = "version: 1\nserviceAccounts:\n  kleos-invoker:";
    var space = value.startsWith("{") ? " " : "";
    var before = key + space + value + "\n  a-user:\n";
    var after = key + space + expected + "\n  a-user:\n";
    assertThat(add(before, ACCOUNT, NEW)).isEqualTo(after);
    assertThat(remove(after, ACCOUNT, NEW.principal())).isEqualTo(before);
  }

  private static String behind(String text, String neighbour) {
    return text.replace(neighbour, neighbour + ", user:new@example.com");
  }

  private static String change(String body, NewEntry entry) {
    var whole = inAccount(body);
    var edited = text(PlanEditor.change(source(whole), "kleos-demo", ACCOUNT, entry));
    var head = whole.substring(0, whole.indexOf("kleos-invoker:\n") + 15);
    assertThat(edited).startsWith(head).endsWith("  other-account:\n");
    return edited
        .substring(head.length(), edited.length() - "  other-account:\n".length())
        .replaceAll("(?m)^    ", "");
  }

  private static void added(String body, NewEntry entry, String expected) {
    var before = inAccount(body);
    var after = inAccount(expected);
    assertThat(add(before, ACCOUNT, entry)).isEqualTo(after);
    assertThat(remove(after, ACCOUNT, entry.principal())).isEqualTo(before);
  }

  private static void addedForGood(String body, NewEntry entry, String expected) {
    assertThat(add(inAccount(body), ACCOUNT, entry)).isEqualTo(inAccount(expected));
  }

  private static String inAccount(String body) {
    return """
    version: 1
    project: kleos-demo
    serviceAccounts:
      kleos-invoker:
    """
        + body.indent(4).replaceAll("(?m)^ +$", "")
        + "  other-account:\n";
  }

  private static String add(String text, Resource resource, NewEntry entry) {
    return text(PlanEditor.add(source(text), "kleos-demo", resource, entry));
  }

  private static String remove(String text, Resource resource, String principal) {
    return text(PlanEditor.remove(source(text), "kleos-demo", resource, Principal.of(principal)));
  }

  private static String rename(String text, String name) {
    return text(
        PlanEditor.rename(
            source(text), "kleos-demo", ACCOUNT, Principal.of("user:bob@x.org"), name));
  }

  private static String text(PlanSource.Content content) {
    return new String(content.bytes(), UTF_8);
  }

  private static PlanSource.Content source(String text) {
    return PlanSource.of("a.yaml", text);
  }
}
