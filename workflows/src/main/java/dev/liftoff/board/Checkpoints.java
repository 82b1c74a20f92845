package dev.liftoff.board;

import static dev.liftoff.Refusals.when;

import dev.liftoff.Milestone;
import dev.liftoff.Refusals;
import dev.liftoff.Waits;
import dev.liftoff.plan.Durations;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.status.Checkpoint;
import dev.liftoff.timeline.Labels;
import dev.liftoff.timeline.LaunchClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints that people added at a review by {@code extend}: there it is looked and asked
 * again. One that is added at the first review comes before the second; one that is added at the
 * second puts off that the launch is settled.
 */
public final class Checkpoints {
  private static final Duration LEAST = Duration.ofMinutes(1);

  private static final Duration ANOTHER_DAY = Duration.ofDays(1);

  private record Added(Milestone review, Duration offset, Duration more, String by) {}

  private final PlanInForce plan;
  private final LaunchClock clock;
  private final List<Added> added = new ArrayList<>();
  private boolean pending;

  Checkpoints(PlanInForce plan, LaunchClock clock) {
    this.plan = plan;
    this.clock = clock;
  }

  /** The gate of the review was answered with more time, and the checkpoint is still to come. */
  public boolean isPending() {
    return pending;
  }

  /** Settling was put off: the guard has days before it. */
  public boolean putOff() {
    return added.stream().anyMatch(one -> one.review() == Milestone.REVIEW_48H);
  }

  void reached() {
    pending = false;
  }

  public String label() {
    return Labels.of(added.getLast().offset());
  }

  public String by() {
    return added.getLast().by();
  }

  public @Nullable Instant due() {
    return clock.due(added.getLast().offset());
  }

  /** When the last review is due; null before T+0 is known. */
  @Nullable Instant settles() {
    return clock.due(since(Milestone.REVIEW_48H));
  }

  /** What is left of the plan's {@code limits.extension}. */
  public Duration left() {
    Duration left =
        added.stream().map(Added::more).reduce(plan.now().limits().extension(), Duration::minus);
    // The limit may have been amended to less than what was given already.
    return Durations.most(left, Duration.ZERO);
  }

  List<Checkpoint> all() {
    return added.stream()
        .map(one ->
            new Checkpoint(
                one.review(), Labels.of(one.offset()), clock.due(one.offset()), one.by()))
        .toList();
  }

  public Optional<String> refusal(Milestone review, @Nullable String typed) {
    if (left().compareTo(LEAST) < 0) {
      return Optional.of(
          "the reviews have been extended by %s in all, the plan's limits.extension: decide go or no-go"
              .formatted(Durations.text(plan.now().limits().extension())));
    }
    Optional<String> wrong = Refusals.duration(typed, LEAST, left());
    return wrong.isPresent() ? wrong : tooLate(review, more(review, typed));
  }

  /** After {@link #refusal} found nothing. */
  public String extend(Milestone review, @Nullable String typed, String who) {
    Duration more = more(review, typed);
    added.add(new Added(review, offset(review, more), more, who));
    pending = true;
    return "%s asks again at the checkpoint %s, %s; until then the guard goes on and the old version stays ready"
        .formatted(review, label(), due());
  }

  private Duration more(Milestone review, @Nullable String typed) {
    if (typed != null) {
      return Durations.parse(typed);
    }
    return Durations.least(left(), review == Milestone.REVIEW_24H ? halfWay(review) : ANOTHER_DAY);
  }

  private Duration halfWay(Milestone review) {
    return plan.now().offset(Milestone.REVIEW_48H).minus(since(review)).dividedBy(2);
  }

  private Optional<String> tooLate(Milestone review, Duration more) {
    Duration next = plan.now().offset(Milestone.REVIEW_48H);
    return when(
        review == Milestone.REVIEW_24H && offset(review, more).compareTo(next) >= 0,
        "%s would not be before the review at %s, which asks anyway: extend by less, or there"
            .formatted(Labels.of(offset(review, more)), Labels.of(next)));
  }

  /** From the hour of the review, unless it was asked so late that little would be left of it. */
  private Duration offset(Milestone review, Duration more) {
    Duration planned = since(review).plus(more);
    Duration now = now();
    return planned.minus(now).compareTo(more.dividedBy(2)) < 0
        ? wholeMinutes(now).plus(more)
        : planned;
  }

  private Duration since(Milestone review) {
    return added.stream()
        .filter(one -> one.review() == review)
        .map(Added::offset)
        .reduce(plan.now().offset(review), (_, last) -> last);
  }

  /** On the clock of the launch, without its holds. */
  private Duration now() {
    Instant zero = clock.due(Duration.ZERO);
    return zero == null ? Duration.ZERO : Duration.between(zero, Waits.now());
  }

  private static Duration wholeMinutes(Duration duration) {
    return Duration.ofMinutes(duration.plusSeconds(59).toMinutes());
  }
}
