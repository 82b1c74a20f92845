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
 */
public record JudgeState(
    @Nullable Instant began,
    @Nullable Instant until,
    Map<String, TestState> tests,
    Evidence.State slant,
    List<String> missing,
    JudgeVerdict.@Nullable Fail failed) {
  public static final JudgeState EMPTY =
      new JudgeState(null, null, Map.of(), Evidence.State.EMPTY, List.of(), null);

  public JudgeState {
    tests = new TreeMap<>(tests);
    missing = List.copyOf(missing);
  }

  TestState test(Question question) {
    TestState known = tests.get(question.name());
    return known == null ? TestState.of(question.claim()) : known;
  }
}
