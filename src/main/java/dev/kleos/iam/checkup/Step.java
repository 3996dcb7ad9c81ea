package dev.kleos.iam.checkup;

/// How it stands at one step of the road.
///
/// @param finding what was found, without a full stop
/// @param remedy what mends it
/// @param mayPass whether waiting alone may mend it: what was granted a moment ago spreads slowly
public record Step(Stage stage, State state, String finding, Remedy remedy, boolean mayPass) {

  /// It is as it has to be.
  static Step fine(Stage stage, String finding) {
    return new Step(stage, State.FINE, finding, new Remedy.None(), false);
  }

  /// Nobody gets through here.
  static Step broken(Stage stage, String finding, Remedy remedy) {
    return new Step(stage, State.BROKEN, finding, remedy, false);
  }

  /// What cannot be told from here.
  static Step unknown(Stage stage, String finding) {
    return new Step(stage, State.UNKNOWN, finding, new Remedy.None(), false);
  }

  /// Whether nobody gets through here.
  public boolean isBroken() {
    return state == State.BROKEN;
  }

  /// The same with what mends or settles it.
  Step with(Remedy other) {
    return new Step(stage, state, finding, other, mayPass);
  }

  /// The same in another place.
  Step at(Stage other) {
    return new Step(other, state, finding, remedy, mayPass);
  }

  /// The same, but that waiting may mend it.
  Step passing() {
    return new Step(stage, state, finding, remedy, true);
  }

  /// How a step stands.
  public enum State {
    FINE,
    BROKEN,
    UNKNOWN
  }
}
