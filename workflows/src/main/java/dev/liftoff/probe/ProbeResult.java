package dev.liftoff.probe;

/**
 * What a check found.
 *
 * @param state pass, fail, or no data when it could not be measured, which is never a pass
 * @param value what was measured, with its unit
 * @param limit what it was held against
 */
public record ProbeResult(String check, State state, String value, String limit) {
  /** Pass, fail, or not measured. */
  public enum State {
    PASS,
    FAIL,
    NO_DATA
  }

  public boolean passed() {
    return state == State.PASS;
  }
}
