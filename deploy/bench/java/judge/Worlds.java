package judge;

import java.util.List;

/** All worlds. A new one is a Fleet and a line here. */
final class Worlds {
  private static final double SIX_HOURS = 6 * Fleet.HOUR;

  /** Innocent candidates: the nine that the goals are stated for. */
  static final List<World> INNOCENT =
      List.of(
          World.innocent("const", Constant::new),
          World.innocent("day+ramp", Ramp::new),
          World.innocent("outage", Outage::new),
          World.innocent("clumps", (dice, effect) -> new Clumps(dice, effect, 5)),
          World.innocent("podnoise", (dice, effect) -> new PodNoise(dice, effect, 0.3, 600)),
          World.innocent("storms", (dice, effect) -> new Storms(dice, effect, 2, 20)),
          World.innocent("low", (dice, effect) -> new Constant(dice, effect, 0.2, 0.005)),
          World.innocent("benign", Benign::new),
          World.innocent("gap", (dice, effect) -> new Gap(dice, effect, 36_000, 36_720)));

  /** Innocent candidates in worlds beyond the goals: harsher ones, and pods that fall sick. */
  static final List<World> HELD_OUT =
      List.of(
          World.innocent("HO-podnoise", (dice, effect) -> new PodNoise(dice, effect, 0.5, 1200)),
          World.innocent("HO2-podnoise", (dice, effect) -> new PodNoise(dice, effect, 0.4, 2400)),
          World.innocent("HO3-podnoise", (dice, effect) -> new PodNoise(dice, effect, 0.4, 10_800)),
          World.innocent("HO-sickpods", SickPods::new),
          World.innocent("HO-storms", (dice, effect) -> new Storms(dice, effect, 1, 60)),
          World.innocent("HO2-storms", (dice, effect) -> new Storms(dice, effect, 4, 10)),
          World.innocent("HO-clumps", (dice, effect) -> new Clumps(dice, effect, 15)));

  static final List<World> GUILTY =
      List.of(
          World.guilty("+0.4pp", 0, Effect.from(0, 0.004), Constant::new),
          World.guilty("+0.9pp", 0, Effect.from(0, 0.009), Constant::new),
          World.guilty("+4.9pp", 0, Effect.from(0, 0.049), Constant::new),
          World.guilty("+0.4pp@6h", SIX_HOURS, Effect.from(SIX_HOURS, 0.004), Constant::new),
          World.guilty("+0.9pp@6h", SIX_HOURS, Effect.from(SIX_HOURS, 0.009), Constant::new),
          World.guilty("+4.9pp@6h", SIX_HOURS, Effect.from(SIX_HOURS, 0.049), Constant::new),
          World.guilty("low +0.9pp", 0, Effect.from(0, 0.009), (dice, effect) -> new Constant(dice, effect, 5, 0.001)),
          World.guilty("clumps +0.9pp", 0, Effect.from(0, 0.009), (dice, effect) -> new Clumps(dice, effect, 5)),
          World.guilty("storms +0.9pp", 0, Effect.from(0, 0.009), (dice, effect) -> new Storms(dice, effect, 2, 20)),
          World.guilty("podnoise +0.9pp", 0, Effect.from(0, 0.009), (dice, effect) -> new PodNoise(dice, effect, 0.3, 600)),
          World.guilty("HO-podnoise +0.9pp", 0, Effect.from(0, 0.009), (dice, effect) -> new PodNoise(dice, effect, 0.5, 1200)),
          World.guilty("rising to +0.9pp", 1800, Effect.rising(1800, 1800, 0.009), Constant::new),
          World.guilty("flapping +4.9pp", 1800, Effect.flapping(1800, 30, 300, 0.049), Constant::new),
          World.guilty("in a gap +0.9pp", 600, Effect.from(600, 0.009), (dice, effect) -> new Gap(dice, effect, 600, 1200)));

  static final List<World> INNOCENT_LATENCY =
      List.of(
          World.innocent("steady", SlowFleet::new),
          World.innocent("podnoise", (dice, effect) -> new SlowPodNoise(dice, effect, 0.05, 300, 0.03)),
          World.innocent("pauses", SlowPauses::new),
          World.innocent("outage", 12, SlowOutage::new),
          World.innocent("HO-podnoise", (dice, effect) -> new SlowPodNoise(dice, effect, 0.06, 1800, 0.02)));

  static final List<World> GUILTY_LATENCY =
      List.of(
          World.guilty("+30 %", 0, Effect.from(0, 0.3), SlowFleet::new),
          World.guilty("x2", 0, Effect.from(0, 1), SlowFleet::new),
          World.guilty("x15", 0, Effect.from(0, 14), SlowFleet::new),
          World.guilty("+30 %@6h", SIX_HOURS, Effect.from(SIX_HOURS, 0.3), SlowFleet::new),
          World.guilty("podnoise +30 %", 0, Effect.from(0, 0.3), (dice, effect) -> new SlowPodNoise(dice, effect, 0.05, 300, 0.03)),
          World.guilty("pauses +30 %", 0, Effect.from(0, 0.3), SlowPauses::new),
          World.guilty("pauses x2", 0, Effect.from(0, 1), SlowPauses::new));

  private Worlds() {}
}
