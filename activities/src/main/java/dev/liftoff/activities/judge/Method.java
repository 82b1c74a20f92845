package dev.liftoff.activities.judge;

import java.util.List;

/**
 * How the candidate is compared: what is one vote, how long a batch is, and how patient the
 * tolerance.
 *
 * @param factor what is one vote
 * @param seconds length of a batch; shorter ones are added up first
 * @param wide whether the tolerance is the wide one
 */
public record Method(Factor factor, int seconds, boolean wide) {
  /** For a service without history or with too few pods; judge.md 3.3. */
  public static final Method UNKNOWN = new Method(Factor.VOTE, 60, false);

  /** From fast to robust; judge.md 3.3. */
  public static final List<Method> FAST_TO_ROBUST =
      List.of(
          new Method(Factor.COUNT, 5, false),
          new Method(Factor.COUNT, 15, false),
          new Method(Factor.COUNT, 5, true),
          new Method(Factor.RANK, 5, false),
          new Method(Factor.VOTE, 5, false),
          new Method(Factor.COUNT, 15, true),
          new Method(Factor.RANK, 15, false),
          new Method(Factor.VOTE, 15, false),
          new Method(Factor.RANK, 30, false),
          new Method(Factor.VOTE, 30, false),
          new Method(Factor.RANK, 60, false),
          new Method(Factor.VOTE, 60, false),
          new Method(Factor.VOTE, 120, false),
          new Method(Factor.VOTE, 60, true),
          new Method(Factor.VOTE, 300, false),
          new Method(Factor.VOTE, 300, true));

  public Method {
    if (seconds < 1) {
      throw new IllegalArgumentException("a batch lasts at least 1 s, was " + seconds);
    }
  }

  /** The tolerance of this method. */
  public Tolerance of(Tolerance tolerance) {
    return wide ? tolerance.wide() : tolerance;
  }

  /** As in the audit line: R30s is ranks of 30 s. */
  @Override
  public String toString() {
    return "%c%ds%s".formatted(factor.letter(), seconds, wide ? "(wide)" : "");
  }
}
