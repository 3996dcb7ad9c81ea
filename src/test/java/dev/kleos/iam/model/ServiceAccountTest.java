package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAccountTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      emptyValue = "",
      value = {
        "Name, Text, Name, Text, true",
        "Name, Text, Other, Text, false",
        "Name, Text, Name, Other, false",
        "Name, Text, -, -, true",
        "Name, Text, -, Text, true",
        "Name, Text, Name, -, true",
        "Name, Text, '', Text, false",
        "'', '', '', '', true",
        "-, -, '', '', true",
        "-, -, Name, -, false",
        "Name, Text, name, Text, false"
      })
  void satisfies_asksOnlyForTheTextsThatThePlanManages(
      @Nullable String liveName,
      @Nullable String liveText,
      @Nullable String name,
      @Nullable String text,
      boolean satisfied) {
    var live = new ServiceAccount(ACCOUNT, liveName, liveText, "123456789012345678901", true);

    assertThat(live.satisfies(ServiceAccount.desired(ACCOUNT, name, text))).isEqualTo(satisfied);
  }
}
