package dev.liftoff.activities.judge;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the counts say about the candidate. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JudgeVerdict.Pass.class, name = "pass"),
  @JsonSubTypes.Type(value = JudgeVerdict.NotYet.class, name = "not-yet"),
  @JsonSubTypes.Type(value = JudgeVerdict.Hold.class, name = "hold"),
  @JsonSubTypes.Type(value = JudgeVerdict.Fail.class, name = "fail"),
  @JsonSubTypes.Type(value = JudgeVerdict.NoData.class, name = "no-data")
})
public sealed interface JudgeVerdict {
  /**
   * It was shown that the candidate is within the certified bound; the chance that this is said of
   * one that is not is at most one in a hundred.
   *
   * @param evidence of the question that was shown least
   */
  record Pass(double evidence) implements JudgeVerdict {}

  /** Nothing was found, and not enough was shown yet. */
  record NotYet(String reason) implements JudgeVerdict {}

  /** Something differs, too little to roll back and too much to promote. */
  record Hold(String culprit, double evidence, String reason) implements JudgeVerdict {}

  /**
   * The candidate is worse than tolerated.
   *
   * @param culprit the metric that contributed most
   * @param evidence 100 or more; the chance to reach it by accident is its inverse
   */
  record Fail(String culprit, double evidence, String reason) implements JudgeVerdict {}

  /** The last look did not see everything. Never a pass, never a reason to roll back. */
  record NoData(String reason) implements JudgeVerdict {}
}
