package dev.liftoff.activities.judge;

/** One question in one full batch: from what was known before it to what is known after. */
final class Hearing {
  private final Question question;
  private final TestState before;
  private final Tally tally;
  private final Trial trial;
  private final double horizon;

  Hearing(Question question, TestState full, Trial trial, double horizonSeconds) {
    this.question = question;
    this.before = full;
    this.trial = trial;
    this.tally = full.exposure().tally(trial, full.pendingSeconds());
    this.horizon = horizonSeconds;
  }

  TestState after() {
    return switch (question.claim()) {
      case Question.NoWorse claim -> compared(claim);
      case Question.Below claim -> limited(claim);
      case Question.Spotless claim -> stained(claim);
    };
  }

  private TestState compared(Question.NoWorse claim) {
    Reference reference = new Reference(before.bad(), before.requests());
    Tolerance tolerance = question.method().of(claim.tolerance().atLeast(claim.ratio()));
    Suspicion worse = suspicion(claim, tolerance, before.worse());
    Suspicion doubt = suspicion(claim, Tolerance.NONE.atLeast(claim.ratio()), before.doubt());
    worse.see(tally, reference.rate());
    doubt.see(tally, reference.rate());
    Evidence.State better = assured(claim, reference);
    reference.learn(tally);
    return after(reference, worse.state(), doubt.state(), better);
  }

  private Evidence.State assured(Question.NoWorse claim, Reference reference) {
    if (claim.certified() == null) {
      return before.better();
    }
    Assurance better =
        Assurance.of(question.method().factor(), claim.certified()).resumedFrom(before.better());
    better.see(tally, reference);
    return better.state();
  }

  private TestState stained(Question.Spotless claim) {
    Reference reference = new Reference(before.bad(), before.requests());
    Stain stain = Stain.of(claim.tolerance(), horizon).resumedFrom(before.worse());
    stain.see(tally, reference);
    reference.learn(tally);
    return after(reference, stain.state(), before.doubt(), before.better());
  }

  private TestState limited(Question.Below claim) {
    Excess excess =
        Excess.of(question.method().factor(), claim.share(), horizon).resumedFrom(before.worse());
    excess.see(tally);
    Reference untouched = new Reference(before.bad(), before.requests());
    return after(untouched, excess.state(), before.doubt(), before.better());
  }

  private Suspicion suspicion(Question.NoWorse claim, Tolerance tolerance, Evidence.State state) {
    return Suspicion.of(question.method().factor(), claim.grid(), tolerance, horizon)
        .resumedFrom(state);
  }

  private TestState after(
      Reference reference, Evidence.State worse, Evidence.State doubt, Evidence.State better) {
    return new TestState(
        reference.bad(),
        reference.requests(),
        worse,
        doubt,
        better,
        Exposure.of(trial, before.pendingSeconds()),
        null,
        0,
        before.seen());
  }
}
