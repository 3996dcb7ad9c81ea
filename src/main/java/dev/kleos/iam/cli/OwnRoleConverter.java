package dev.kleos.iam.cli;

import dev.kleos.iam.planner.Consent;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `own-role`, the one thing that `revoke` may have to be told.
final class OwnRoleConverter implements ITypeConverter<Consent> {
  @Override
  public Consent convert(String text) {
    if (!text.equals(Consent.OWN_ROLE.spelling())) {
      throw new TypeConversionException(
          "'" + text + "' is nothing that revoke refuses; there is only own-role");
    }
    return Consent.OWN_ROLE;
  }

  /// All that may be said.
  static final class All implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(Consent.OWN_ROLE.spelling()).iterator();
    }
  }
}
