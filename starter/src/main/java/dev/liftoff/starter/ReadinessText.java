package dev.liftoff.starter;

import dev.liftoff.checklist.ReadinessSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checklist of a launch that has one, and what stands in its way. */
final class ReadinessText {
  private ReadinessText() {}

  static List<String> lines(@Nullable ReadinessSummary readiness, Paint paint, Instant now) {
    if (readiness == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %-10s %s%s"
            .formatted(
                "readiness",
                readiness.ready()
                    ? paint.good(readiness.sentence())
                    : paint.bad(readiness.sentence()),
                Times.asOf(readiness.asOf(), now)));
    readiness.blocking().forEach(reason -> lines.add("             " + reason));
    readiness.waived().forEach(waived -> lines.add("             WAIVED " + waived));
    return lines;
  }
}
