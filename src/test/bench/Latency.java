import java.util.List;

/// How long the emulator lets each call wait.
///
/// @param options of `kleos-iam emulator`
/// @param said behind the name of a row
record Latency(List<String> options, String said) {
  static final Latency NONE = new Latency(List.of(), "");
  static final Latency OF_A_NETWORK = of("20ms");

  static Latency of(String time) {
    return new Latency(List.of("--latency", time), ", " + time + " a call");
  }

  /// Whether there is the option.
  static boolean isPossible(Setting setting, Table table) throws Exception {
    var is = setting.has("emulator", "--latency");
    if (!is) {
      table.note("Left out, because this emulator has no --latency: what needs it.");
    }
    return is;
  }
}
