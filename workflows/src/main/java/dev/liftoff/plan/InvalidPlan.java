package dev.liftoff.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A plan that cannot be launched, with all that is wrong with it. */
public final class InvalidPlan extends Exception {
  private final transient List<Problem> problems;

  InvalidPlan(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the document. */
  public List<Problem> problems() {
    return problems;
  }
}
