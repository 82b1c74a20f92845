package dev.liftoff.plan;

import dev.liftoff.metrics.Instrumentation;
import dev.liftoff.metrics.JudgeSpec;
import dev.liftoff.metrics.LabelMatcher;
import dev.liftoff.metrics.Limit;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.SlotSelector;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a plan compares candidate and baseline. */
final class JudgeReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** As the runbook's limits have it. */
  private static final long FEWEST = 100;

  private JudgeReader() {}

  static JudgeSpec read(Section judge, List<Limit> limits) {
    @Nullable Instrumentation ready = judge.orNull("instrumentation", Instrumentation::of);
    String matching = judge.text("matching", "");
    JudgeSpec spec =
        new JudgeSpec(
            selector(judge, "requests", ready == null ? null : ready.requests(matching)),
            errors(judge, ready),
            durations(judge, ready == null ? null : ready.durations(matching)),
            judge.optional("vote", JudgeSpec.Vote::of, JudgeSpec.Vote.AUTO),
            judge.duration("batch", Duration.ofMinutes(1), SECOND, Duration.ofMinutes(5)),
            judge.duration("minimumBake", Duration.ofMinutes(5), Duration.ZERO, DAY),
            judge.duration("maximumBake", Duration.ofHours(2), SECOND, Duration.ofDays(7)),
            judge.optional("groups", JudgeReader::label, JudgeSpec.GROUPS),
            judge.duration("history", JudgeSpec.HISTORY, Duration.ofHours(1), Duration.ofDays(7)),
            judge.duration("discard", Duration.ofMinutes(1), Duration.ZERO, HOUR),
            judge.flag("share", ready != null && ready.ofProxy() && !judge.has("requests")),
            ceiling(judge, limits));
    judge.noMore();
    return spec;
  }

  private static String selector(Section judge, String key, @Nullable String ready) {
    if (judge.has(key)) {
      return judge.optional(key, JudgeReader::checked, "");
    }
    if (ready != null) {
      return ofInstrumentation(judge, ready);
    }
    if (!judge.has("instrumentation")) {
      judge.problem(key, "is missing: name an instrumentation, or requests and errors");
    }
    return "";
  }

  private static String errors(Section judge, @Nullable Instrumentation ready) {
    if (ready != null && !judge.has("errors")) {
      return ready.errors();
    }
    if (ready == null && !judge.has("errors") && !judge.has("instrumentation")) {
      judge.problem("errors", "is missing: say which series of requests failed, code=~\"5..\"");
    }
    return judge.optional("errors", text -> LabelMatcher.parse(text).toString(), "");
  }

  private static @Nullable String durations(Section judge, @Nullable String ready) {
    if (judge.has("durations")) {
      return judge.orNull("durations", JudgeReader::checked);
    }
    return ready == null ? null : ofInstrumentation(judge, ready);
  }

  /** What is wrong with a ready selector is wrong with what was added to it. */
  private static String ofInstrumentation(Section judge, String ready) {
    try {
      return checked(ready);
    } catch (IllegalArgumentException wrong) {
      judge.problem("matching", String.valueOf(wrong.getMessage()));
      return "";
    }
  }

  /** The plan's own limit of the error rate, where it says nothing else; 0 switches it off. */
  private static JudgeSpec.@Nullable Ceiling ceiling(Section judge, List<Limit> limits) {
    @Nullable Limit limit =
        limits.stream()
            .filter(one -> one.metric() == Metric.ERROR_RATE && above(one) > 0 && above(one) < 1)
            .filter(one -> one.then() == Response.ROLLBACK && !one.shadow())
            .min(Comparator.comparingDouble(JudgeReader::above))
            .orElse(null);
    double share = judge.decimal("ceiling", limit == null ? 0 : above(limit), 0, 0.99);
    return share == 0
        ? null
        : new JudgeSpec.Ceiling(share, limit == null ? FEWEST : limit.minimumSamples());
  }

  private static double above(Limit limit) {
    return limit.above() == null ? 0 : limit.above();
  }

  private static String label(String text) {
    if (!text.matches("[a-zA-Z_]\\w*")) {
      throw new IllegalArgumentException(
          "must be the name of a label such as instance or pod, was '" + text + "'");
    }
    return text;
  }

  private static String checked(String text) {
    SlotSelector.parse(text);
    return text;
  }
}
