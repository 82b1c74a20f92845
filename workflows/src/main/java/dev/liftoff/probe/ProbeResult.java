package dev.liftoff.probe;

/**
 * What a check found.
 *
 * @param state pass, fail, or no data when it could not be measured, which is never a pass
 * @param value what was measured, with its unit; or why nothing was, in one sentence
 * @param limit what it was held against
 */
public record ProbeResult(String check, State state, String value, String limit) {
  /** Pass, fail, or not measured. */
  public enum State {
    PASS,
    FAIL,
    NO_DATA
  }

  public static ProbeResult pass(String check, String value, String limit) {
    return new ProbeResult(check, State.PASS, value, limit);
  }

  public static ProbeResult fail(String check, String value, String limit) {
    return new ProbeResult(check, State.FAIL, value, limit);
  }

  public static ProbeResult noData(String check, String why, String limit) {
    return new ProbeResult(check, State.NO_DATA, why, limit);
  }

  public boolean passed() {
    return state == State.PASS;
  }
}
