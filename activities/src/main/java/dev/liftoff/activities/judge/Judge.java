package dev.liftoff.activities.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes counts, batch after batch, and says whether the candidate is worse than the baseline. Asks
 * nobody and knows no clock; the same batches always give the same evidence, to the bit. The rule,
 * its proofs and its measured error rates are those of judge.md.
 */
public final class Judge {
  private final JudgeSettings settings;
  private final JudgeState state;

  private Judge(JudgeSettings settings, JudgeState state) {
    this.settings = settings;
    this.state = state;
  }

  /** Goes on from what an earlier window or attempt remembered. */
  public static Judge from(JudgeState state, JudgeSettings settings) {
    return new Judge(settings, state);
  }

  /**
   * Takes one more batch into account.
   *
   * <p>A question that the batch does not answer keeps its evidence. A batch that starts before the
   * end of the last one is left out: nothing counts twice.
   */
  public Judge see(Batch batch) {
    if (state.until() != null && batch.start().isBefore(state.until())) {
      return this;
    }
    Map<String, TestState> tests = new TreeMap<>(state.tests());
    List<String> missing = new ArrayList<>();
    for (Question question : settings.questions()) {
      Trial trial = batch.trials().get(question.name());
      if (trial == null) {
        missing.add(question.name());
      } else {
        tests.put(question.name(), heard(question, trial, batch.seconds()));
      }
    }
    Instant began = state.began() == null ? batch.start() : state.began();
    Judge next =
        with(new JudgeState(began, batch.end(), tests, slant(batch), missing, null, served(batch)));
    return with(next.remembering(state.failed() == null ? next.found() : state.failed()));
  }

  public JudgeState state() {
    return state;
  }

  /** Evidence that the candidate is worse, for each question, before its weight. */
  public Map<String, Double> evidence() {
    Map<String, Double> evidence = new TreeMap<>();
    settings.questions().forEach(question -> evidence.put(question.name(), worse(question)));
    return evidence;
  }

  /** All evidence against the candidate, weighted; 100 rolls back. */
  public double total() {
    double sum = 0;
    double weights = 0;
    for (Question question : settings.questions()) {
      sum += question.weight() * worse(question);
      weights += question.weight();
    }
    // What is not bet stays in the pocket.
    return sum + Math.max(0, 1 - weights);
  }

  /** What would be said if the launch were decided after the last batch. */
  public JudgeVerdict verdict() {
    if (state.failed() != null) {
      return state.failed();
    }
    if (state.until() == null) {
      return new JudgeVerdict.NoData("nothing was counted yet");
    }
    if (!state.missing().isEmpty()) {
      return new JudgeVerdict.NoData("not measured: " + String.join(", ", state.missing()));
    }
    return promotion();
  }

  private JudgeVerdict promotion() {
    JudgeVerdict.Hold doubt = doubt();
    if (doubt != null) {
      return doubt;
    }
    String open = open();
    return open == null ? new JudgeVerdict.Pass(leastAssured()) : new JudgeVerdict.NotYet(open);
  }

  private TestState heard(Question question, Trial trial, double seconds) {
    TestState waiting = state.test(question).waiting(trial, seconds);
    Trial sum = waiting.pending();
    return sum == null || waiting.pendingSeconds() < question.method().seconds()
        ? waiting
        : new Hearing(question, waiting, sum, settings.horizonSeconds()).after();
  }

  private Evidence.State slant(Batch batch) {
    if (settings.weight() == null || batch.candidateShare() == null) {
      return state.slant();
    }
    Slant slant = slant(settings.weight());
    slant.see(batch.candidateShare(), batch.seconds());
    return slant.state();
  }

  private Arm served(Batch batch) {
    return batch.candidateShare() == null
        ? state.served()
        : state.served().plus(batch.candidateShare());
  }

  private Slant slant(double weight) {
    return Slant.of(weight, JudgeSettings.OFF, settings.horizonSeconds())
        .resumedFrom(state.slant());
  }

  private Judge with(JudgeState next) {
    return new Judge(settings, next);
  }

  private JudgeState remembering(JudgeVerdict.@Nullable Fail failed) {
    return new JudgeState(
        state.began(),
        state.until(),
        state.tests(),
        state.slant(),
        state.missing(),
        failed,
        state.served());
  }

  private JudgeVerdict.@Nullable Fail found() {
    double total = total();
    Question culprit = culprit();
    return total < JudgeSettings.SURE || tooFew(culprit)
        ? null
        : new JudgeVerdict.Fail(
            culprit.metric(), total, Sentence.worse(culprit, total, state.test(culprit).seen()));
  }

  private Question culprit() {
    Question most = settings.questions().getFirst();
    for (Question question : settings.questions()) {
      most = part(question) > part(most) ? question : most;
    }
    return most;
  }

  private boolean tooFew(Question question) {
    return question.claim() instanceof Question.Below below
        && state.test(question).seen() < below.fewest();
  }

  private double part(Question question) {
    return question.weight() * worse(question);
  }

  private JudgeVerdict.@Nullable Hold doubt() {
    for (Question question : settings.questions()) {
      double doubt = state.test(question).doubt().value();
      if (doubt >= JudgeSettings.DOUBT) {
        return new JudgeVerdict.Hold(question.metric(), doubt, Sentence.doubt(question, doubt));
      }
    }
    double slant = state.slant().value();
    return settings.weight() == null || slant < JudgeSettings.DOUBT
        ? null
        : new JudgeVerdict.Hold(
            "traffic share", slant, Sentence.slant(settings.weight(), state.served(), slant));
  }

  private @Nullable String open() {
    if (Duration.between(state.began(), state.until()).compareTo(settings.bake()) < 0) {
      return "judged for %d of %d s"
          .formatted(
              Duration.between(state.began(), state.until()).toSeconds(),
              settings.bake().toSeconds());
    }
    return settings.questions().stream()
        .filter(question -> certified(question) && better(question) < JudgeSettings.SURE)
        .findFirst()
        .map(question -> Sentence.notShown(question, better(question)))
        .orElse(certain() ? null : "nothing is certified");
  }

  private boolean certain() {
    return settings.questions().stream().anyMatch(Judge::certified);
  }

  private double leastAssured() {
    return settings.questions().stream()
        .filter(Judge::certified)
        .mapToDouble(this::better)
        .min()
        .orElse(1);
  }

  private static boolean certified(Question question) {
    return question.claim() instanceof Question.NoWorse claim && claim.certified() != null;
  }

  private double worse(Question question) {
    return state.test(question).worse().value();
  }

  private double better(Question question) {
    return state.test(question).better().value();
  }
}
