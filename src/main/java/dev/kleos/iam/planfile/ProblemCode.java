package dev.kleos.iam.planfile;

import dev.kleos.iam.planfile.Problem.Severity;

/// Every kind of problem that a plan file can have. A number keeps its meaning for ever and is
/// never used again for another.
public enum ProblemCode {
  FILE_UNREADABLE(1, "The file cannot be read, or is no regular file."),
  FILE_TOO_LARGE(2, "The file is larger than any plan should be."),
  NOT_UTF8(3, "The file is not UTF-8 text."),
  CONTROL_CHARACTER(4, "The file has a control character, or is not a text at all."),
  HIDDEN_CHARACTER(5, "A character that cannot be seen makes a line read as what it is not."),
  EMPTY_FILE(6, "The file says nothing."),
  YAML_SYNTAX(7, "The YAML is malformed."),
  TAB_INDENTATION(8, "YAML does not indent with tabs."),
  SEVERAL_DOCUMENTS(9, "A plan file is one YAML document."),
  ANCHOR_OR_ALIAS(10, "Anchors and aliases are refused: what a line says stands on it."),
  TAG_OR_DIRECTIVE(11, "YAML tags and directives are refused."),
  ROLE_FORM(12, "This is not the full name of a role."),
  MERGE_KEY(13, "Merge keys are refused: what a line says stands on it."),
  DUPLICATE_KEY(14, "The same key stands twice in one mapping."),
  TOO_DEEP(15, "The YAML is nested deeper than any plan is."),
  COMPLEX_KEY(16, "A key is a text, not a list or a mapping."),
  ROLE_DOUBTFUL(17, "The role looks like a misspelling of a well-known one.", Severity.WARNING),

  UNKNOWN_KEY(20, "The key means nothing here."),
  WRONG_TYPE(21, "The value is of another type than the key takes."),
  MISSING_KEY(22, "A key that is needed is missing."),
  VERSION(23, "The plan is written in a version of the format that this program does not know."),
  CHOICE(24, "The value is not one of those that the key takes."),
  TOO_LONG(25, "The text is longer than Google takes."),
  NO_USER_ROLES(26, "The list of what users get is empty."),

  PROJECT_FORM(30, "This is not a project id."),
  PROJECT_MISSING(31, "Nothing says which project the plan is for."),
  REGION_FORM(32, "This is not a region."),
  REGION_MISSING(33, "Nothing says which region a service runs in."),
  ACCOUNT_FORM(34, "This is neither an account id nor the address of a service account."),
  SERVICE_FORM(35, "This is not the name of a Cloud Run service."),
  PROJECT_NUMBER_FORM(36, "This is not a project number in quotes."),

  PRINCIPAL_FORM(40, "This is not a principal in the form in which Google takes it."),
  UNKNOWN_ACCOUNT(41, "A bare word is an account of the plan, and the plan has none of that id."),
  PRINCIPAL_DELETED(42, "A deleted principal is nobody to grant anything to."),
  PRINCIPAL_CONVENIENCE(43, "Groups that follow a basic role cannot be granted anything here."),
  PRINCIPAL_TYPE(44, "The type prefix does not fit the address."),
  PUBLIC_USER(45, "Nobody lets everyone act as a service account."),
  PUBLIC_CONDITION(46, "A grant to everyone takes no condition."),
  BASIC_ROLE_CONDITION(47, "A basic role takes no condition."),

  UNTIL_FORM(50, "This is not a day or an instant."),
  UNTIL_BESIDE_CONDITION(51, "An entry ends by its own date or by its binding's condition."),
  ENDED(52, "The entry has ended and grants nothing any more.", Severity.WARNING),

  REPEATED(60, "The same is asked for twice.", Severity.WARNING),
  CONTRADICTORY_ENTRIES(61, "Two entries ask for the same on different terms."),
  DUPLICATE_RESOURCE(62, "Two keys mean the same resource."),
  CONTRADICTORY_SETTINGS(63, "Two files say different things about the same."),
  NOT_ALLOWED(64, "The grant reaches so far that apply wants it said aloud.", Severity.WARNING),

  MORE(99, "The file has more problems than are shown.");

  private final int number;
  private final String meaning;
  private final Severity severity;

  ProblemCode(int number, String meaning) {
    this(number, meaning, Severity.ERROR);
  }

  ProblemCode(int number, String meaning, Severity severity) {
    this.number = number;
    this.meaning = meaning;
    this.severity = severity;
  }

  /// The stable code, e.g. `KI012`.
  public String code() {
    return "KI%03d".formatted(number);
  }

  /// What it means, in one line.
  public String meaning() {
    return meaning;
  }

  /// How bad it is.
  public Severity severity() {
    return severity;
  }
}
