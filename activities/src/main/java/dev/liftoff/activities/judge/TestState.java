package dev.liftoff.activities.judge;

import org.jspecify.annotations.Nullable;

/**
 * What one question remembers.
 *
 * @param bad the reference: bad requests of the baseline, the last minutes counting most
 * @param requests the reference: all of them
 * @param worse evidence against the candidate
 * @param doubt evidence of any difference at all
 * @param better evidence for a promotion
 * @param exposure what each side served in the batch before
 * @param pending counts that do not fill a batch yet; null when there are none
 * @param pendingSeconds how long they took
 * @param seen requests of the candidate so far
 */
public record TestState(
    double bad,
    double requests,
    Evidence.State worse,
    Evidence.State doubt,
    Evidence.State better,
    Exposure exposure,
    @Nullable Trial pending,
    double pendingSeconds,
    long seen) {
  static TestState of(Question.Claim claim) {
    Arm before =
        switch (claim) {
          case Question.NoWorse noWorse -> noWorse.before();
          case Question.Spotless spotless -> spotless.before();
          case Question.Below _ -> Arm.NONE;
        };
    return new TestState(
        before.bad(),
        before.requests(),
        Evidence.State.EMPTY,
        Evidence.State.EMPTY,
        Evidence.State.EMPTY,
        Exposure.UNKNOWN,
        null,
        0,
        0);
  }

  TestState waiting(Trial more, double seconds) {
    Trial sum = pending == null ? more : pending.plus(more);
    return new TestState(
        bad,
        requests,
        worse,
        doubt,
        better,
        exposure,
        sum,
        pendingSeconds + seconds,
        seen + more.candidate().requests());
  }
}
