package judge;

import dev.liftoff.activities.judge.Past;

/** A day of a service before the launch, as its own monitoring would have kept it. */
final class History {
  private static final int STEPS = 24 * 3600 / Fleet.STEP;

  private History() {}

  /** By question, what nine groups of stable pods did. */
  static Past[] of(World world, Dice dice) {
    Fleet fleet = world.open(dice);
    int questions = fleet.questions();
    Sample now = new Sample(questions);
    int[][] requests = new int[Sample.ARMS - 1][STEPS];
    int[][][] bad = new int[questions][Sample.ARMS - 1][STEPS];
    for (int step = 0; step < STEPS; step++) {
      fleet.step((double) (step - STEPS) * Fleet.STEP, now);
      for (int group = 0; group < Sample.ARMS - 1; group++) {
        requests[group][step] = now.requests[group + 1];
        for (int question = 0; question < questions; question++) {
          bad[question][group][step] = now.bad[question][group + 1];
        }
      }
    }
    Past[] pasts = new Past[questions];
    for (int question = 0; question < questions; question++) {
      pasts[question] = new Past(Fleet.STEP, requests, bad[question]);
    }
    return pasts;
  }

  /** The ten minutes at its end. */
  static Sample tenMinutes(Past[] pasts) {
    Sample sample = new Sample(pasts.length);
    int from = pasts[0].steps() - 120;
    for (int group = 0; group < Sample.ARMS - 1; group++) {
      for (int step = from; step < pasts[0].steps(); step++) {
        sample.requests[group + 1] += pasts[0].requests()[group][step];
        for (int question = 0; question < pasts.length; question++) {
          sample.bad[question][group + 1] += pasts[question].bad()[group][step];
        }
      }
    }
    return sample;
  }
}
