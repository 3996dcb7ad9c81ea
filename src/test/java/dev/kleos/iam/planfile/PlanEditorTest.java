package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanEditor.NewEntry;
import org.junit.jupiter.api.Test;

/// Before and after, case by case. Each addition is taken out again as well, which must give the
/// same bytes.
class PlanEditorTest {
  private static final Resource ACCOUNT = Resource.Account.inProject("kleos-demo", "kleos-invoker");
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

          - principal: user:new@example.com
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

  private static String text(PlanSource.Content content) {
    return new String(content.bytes(), UTF_8);
  }

  private static PlanSource.Content source(String text) {
    return (PlanSource.Content) PlanSource.of("a.yaml", text);
  }
}
