package dev.liftoff.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The plan that a launch goes by now. Whoever has need of it asks each time anew: a part that was
 * kept would be of the plan before an amendment.
 */
public final class PlanInForce {
  private final List<Amendment> amendments = new ArrayList<>();
  private LaunchPlan plan;
  private PlanDocument document;
  private String digest;

  /** The plan that the launch began with, and the document that it was read from. */
  public PlanInForce(LaunchPlan plan, PlanDocument document) {
    this.plan = plan;
    this.document = document;
    digest = document.digest();
  }

  public LaunchPlan now() {
    return plan;
  }

  /** As it was typed. */
  public PlanDocument document() {
    return document;
  }

  /** See {@link PlanDocument#digest}. */
  public String digest() {
    return digest;
  }

  /** Oldest first; the plan of the start is not among them. */
  public List<Amendment> amendments() {
    return List.copyOf(amendments);
  }

  /** From now on this plan. */
  public void amend(LaunchPlan amended, PlanDocument typed, Amendment amendment) {
    plan = amended;
    document = typed;
    digest = typed.digest();
    amendments.add(amendment);
  }
}
