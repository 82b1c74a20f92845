package dev.liftoff.activities.judge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a judge knows: a few numbers, to be carried in heartbeat details. Written as JSON and
 * read again it is the same to the bit, and so is all evidence that follows.
 *
 * @param began the start of the first batch
 * @param until the end of the last; a batch that starts earlier is not counted again
 * @param tests by the name of the question
 * @param slant evidence that the traffic share is wrong
 * @param missing the questions that the last batch said nothing about
 * @param failed what was found against the candidate; it stays
 * @param served all requests since the weight is what it is; bad are those of the candidate
 */
public record JudgeState(
    @Nullable Instant began,
    @Nullable Instant until,
    Map<String, TestState> tests,
    Evidence.State slant,
    List<String> missing,
    JudgeVerdict.@Nullable Fail failed,
    Arm served) {
  public static final JudgeState EMPTY =
      new JudgeState(null, null, Map.of(), Evidence.State.EMPTY, List.of(), null, Arm.NONE);

  public JudgeState {
    tests = new TreeMap<>(tests);
    missing = List.copyOf(missing);
    // Null in what a version wrote that did not know it yet.
    served = served == null ? Arm.NONE : served;
  }

  /** The traffic share is asked anew; all other evidence stays. */
  public JudgeState atNewWeight() {
    return new JudgeState(began, until, tests, Evidence.State.EMPTY, missing, failed, Arm.NONE);
  }

  /** The bake begins with the next batch. */
  public JudgeState notBegun() {
    return new JudgeState(null, until, tests, slant, missing, failed, served);
  }

  TestState test(Question question) {
    TestState known = tests.get(question.name());
    return known == null ? TestState.of(question.claim()) : known;
  }
}
