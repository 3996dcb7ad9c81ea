package dev.kleos.iam.record;

import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Limit;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Usage;
import java.util.Locale;

/// Findings, read as [FindingJson] has written them.
final class FindingForm {
  private FindingForm() {}

  static Finding read(Fields fields) {
    return switch (fields.text("kind")) {
      case "headroom" -> new Finding.Headroom(ChangeForm.resource(fields), usage(fields));
      case "deletedMembers" ->
          new Finding.DeletedMembers(ChangeForm.resource(fields), fields.number("count"));
      case "ending" ->
          new Finding.Ending(
              ChangeForm.resource(fields), GrantForm.grant(fields), fields.instant("end"));
      case "nothingToRemove" ->
          new Finding.NothingToRemove(principal(fields), fields.flag("isNamed"));
      case "lost" ->
          new Finding.Lost(
              principal(fields),
              fields.flag("isBack"),
              fields.objects(
                  "lost",
                  trace -> new Finding.Trace(ChangeForm.resource(trace), GrantForm.grant(trace))));
      default -> throw fields.wrong("kind", "is none that is known");
    };
  }

  private static Usage usage(Fields fields) {
    var limit =
        fields.understood(
            "limit",
            "is none that is known",
            () -> Limit.valueOf(fields.text("limit").toUpperCase(Locale.ROOT)));
    return new Usage(limit, fields.number("used"), fields.optionalText("about").orElse(""));
  }

  private static Principal principal(Fields fields) {
    return fields.understood(
        "principal", "is no principal", () -> Principal.of(fields.text("principal")));
  }
}
