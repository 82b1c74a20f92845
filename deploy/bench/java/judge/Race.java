package judge;

import dev.liftoff.activities.judge.Calibration;
import java.util.ArrayList;
import java.util.List;

/** One launch in one world, seen by all rules at once. */
final class Race {
  static final double NEVER = Double.POSITIVE_INFINITY;

  private final World world;
  private final Fleet fleet;
  private final Sample now;
  private final List<Runner> runners = new ArrayList<>();
  private double served;

  Race(World world, Dice dice) {
    this.world = world;
    this.fleet = world.open(dice);
    this.now = new Sample(fleet.questions());
  }

  /** Every rule's verdict, in the order of the rules. */
  List<Fired> run(List<Rule> rules, List<Calibration[]> calibrations) {
    Sample before = warmUp();
    for (int rule = 0; rule < rules.size(); rule++) {
      runners.add(new Runner(rules.get(rule), new Rule.Launch(fleet.share(), before, calibrations.get(rule))));
    }
    double end = world.hours() * Fleet.HOUR;
    for (double second = 0; second < end && runners.stream().anyMatch(runner -> runner.fired == null); second += Fleet.STEP) {
      fleet.step(second, now);
      served += second >= world.onset() ? now.bad[now.bad.length == 1 ? 0 : 1][0] : 0;
      for (Runner runner : runners) {
        runner.see(second + Fleet.STEP, served);
      }
    }
    return runners.stream().map(runner -> runner.fired == null ? new Fired(NEVER, served) : runner.fired).toList();
  }

  private Sample warmUp() {
    Sample before = new Sample(fleet.questions());
    for (double second = -600; second < 0; second += Fleet.STEP) {
      fleet.step(second, now);
      before.add(now);
    }
    return before;
  }

  /** When a rule fired, and how many bad requests the candidate had served since it was bad. */
  record Fired(double second, double badRequests) {}

  /** A rule that watches this launch. */
  private final class Runner {
    private final Rule rule;
    private final Rule.Watch watch;
    private final Sample pending = new Sample(now.bad.length);
    private Fired fired;

    Runner(Rule rule, Rule.Launch launch) {
      this.rule = rule;
      this.watch = rule.watch(launch);
    }

    void see(double second, double served) {
      if (fired != null) {
        return;
      }
      pending.add(now);
      if (second % rule.every() == 0 && !(rule.readsCounters() && now.missing)) {
        pending.missing &= !rule.readsCounters();
        fired = watch.see(pending) ? new Fired(second, served) : null;
        pending.clear();
      }
    }
  }
}
