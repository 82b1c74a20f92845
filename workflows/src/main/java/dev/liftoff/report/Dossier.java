package dev.liftoff.report;

import dev.liftoff.status.LaunchStatus;
import dev.liftoff.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a launch knows of itself, for documents.
 *
 * @param image what is launched, with its digest where the plan names one
 * @param launchAt T+0 by the plan; null where it names no hour
 * @param begun when the launch was started
 * @param settles when the last review is due; null before it is known
 * @param canExtend how much longer the reviews can still be made
 */
public record Dossier(
    LaunchStatus status,
    List<TimelineEntry> timeline,
    List<Passed> milestones,
    List<Hold> holds,
    String image,
    @Nullable Instant launchAt,
    Instant begun,
    @Nullable Instant settles,
    Duration canExtend) {
  public Dossier {
    timeline = List.copyOf(timeline);
    milestones = List.copyOf(milestones);
    holds = List.copyOf(holds);
  }

  List<TimelineEntry> of(TimelineEntry.Kind kind) {
    return timeline.stream().filter(entry -> entry.kind() == kind).toList();
  }

  Duration held() {
    return holds.stream()
        .map(hold -> hold.lasted(status.asOf()))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
