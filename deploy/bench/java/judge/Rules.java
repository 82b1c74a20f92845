package judge;

import dev.liftoff.activities.judge.Factor;
import dev.liftoff.activities.judge.Placebos;
import java.util.LinkedHashMap;
import java.util.Map;

/** All rules. A new one is a Rule and a line here. */
final class Rules {
  /** Ours as the product uses it. */
  static final String LIFTOFF = "Liftoff";

  /** Of the evidence in a launch without durations; the rest waits for a ceiling, and for errors beside none. */
  private static final double ERRORS = 0.8;

  /** In a launch with durations. */
  private static final double LATENCY = 0.32;

  private static final double NEVER = Double.POSITIVE_INFINITY;

  private Rules() {}

  static Map<String, Rule> errors() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.put("Runbook: err[5m] > 5 % or > stable + 5pp, 2 min", new Threshold(0.05, 0.05, 300, 120));
    rules.put("Tuned: err[5m] > 1 %, 2 min", new Threshold(0.01, NEVER, 300, 120));
    rules.put("Tuned: err[5m] > stable + 0.5pp, 2 min", new Threshold(NEVER, 0.005, 300, 120));
    rules.put("Argo, documented: > 5 % of 5 min, failureLimit 3", new Argo(0.05, 300, 300, 3));
    rules.put("Argo, tuned: > 1 % of 1 min, failureLimit 3", new Argo(0.01, 60, 60, 3));
    rules.put("Flagger, documented: 99 % of 1 min, threshold 10", new Flagger(0.01, 60, 10));
    rules.put("Burn rate 99.9: 14.4x (1h & 5m), 6x (6h & 30m)", new BurnRate());
    rules.put("Kayenta: sliding 60 min, every 5 min, equal baseline", Kayenta.errors(60, 5, false));
    rules.put("Kayenta: growing, every 30 min, equal baseline", Kayenta.errors(0, 30, false));
    rules.put("Kayenta: growing, every 5 min, all of stable", Kayenta.errors(0, 5, true));
    rules.put("Netflix: sequential counts, k = 100", new Netflix(100));
    rules.put("Ours without placebos: C5s", new Fixed(Factor.COUNT, 5));
    rules.put("Ours without placebos: V60s", new Fixed(Factor.VOTE, 60));
    rules.put("Ours without patience for pods (the trial of judge.md)", new Auto(5, 0, 1));
    rules.put(LIFTOFF, new Auto(Placebos.MARGIN, Placebos.PATIENCE, ERRORS));
    return rules;
  }

  static Map<String, Rule> latency() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.put("Runbook: P95[5m] > 3 s or > stable + 3 s, 2 min", new SlowThreshold(3, 3, NEVER));
    rules.put("Tuned: P95[5m] > 1.2 x stable, 2 min", new SlowThreshold(NEVER, NEVER, 1.2));
    rules.put("Kayenta: P95 a minute, sliding 60 min, every 5 min", new Kayenta(60, 5, false, Quantile::candidate, Quantile::equalBaseline));
    rules.put("Kayenta: P95 a minute, growing, every 30 min", new Kayenta(0, 30, false, Quantile::candidate, Quantile::equalBaseline));
    rules.put("Netflix: bands of Howard and Ramdas", new Band());
    rules.put("Ours without placebos: R30s", new Fixed(Factor.RANK, 30));
    rules.put("Ours without patience for pods (the trial of judge.md)", new Auto(5, 0, 1));
    rules.put(LIFTOFF, new Auto(Placebos.MARGIN, Placebos.PATIENCE, LATENCY));
    return rules;
  }
}
