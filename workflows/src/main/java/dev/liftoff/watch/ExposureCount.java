package dev.liftoff.watch;

import dev.liftoff.Reasons;
import dev.liftoff.Revision;
import dev.liftoff.Stubs;
import dev.liftoff.Waits;
import dev.liftoff.board.ExposureLedger;
import dev.liftoff.container.Slot;
import dev.liftoff.control.Controls;
import dev.liftoff.metrics.Counted;
import dev.liftoff.metrics.Counting;
import dev.liftoff.metrics.Reading;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Counts before the first request of a user and after the last one. Nothing waits for it and
 * nothing fails by it: an exposure that could not be counted says so.
 */
public final class ExposureCount {
  /** The first traffic may wait for one scrape, but not long. */
  private static final Duration BEFORE = Duration.ofSeconds(5);

  /** A scrape interval is rarely longer than 15 s. */
  private static final Duration AFTER = Duration.ofSeconds(20);

  private static final List<Duration> LOOK_AGAIN =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10));

  private final Controls controls;
  private final ExposureLedger ledger;

  public ExposureCount(Controls controls) {
    this.controls = controls;
    ledger = controls.board().exposure;
  }

  public void open(Slot candidate) {
    if (Revision.EXPOSURE.isOn() && counts()) {
      count(
          controls.go(),
          "Count what " + candidate + " has served before",
          candidate,
          new Counting(null, ledger.readySince(), BEFORE),
          false);
    }
  }

  /** Beside the rest of the way back. */
  public void close(Slot candidate, Slot serving) {
    if (!Revision.EXPOSURE.isOn()) {
      return;
    }
    ledger.isOpen(true);
    Workflow.newDetachedCancellationScope(
            () -> {
              var _ =
                  Async.procedure(() -> {
                    last(candidate);
                    confirm(serving);
                    ledger.isOpen(false);
                  });
            })
        .run();
  }

  private void last(Slot candidate) {
    if (counts()) {
      count(
          controls.back(),
          "Count what " + candidate + " has served",
          candidate,
          new Counting(ledger.toll(), null, AFTER),
          true);
    }
  }

  private void count(
      Stubs stubs, String summary, Slot candidate, Counting counting, boolean isLast) {
    try {
      Counted counted =
          stubs
              .counting(summary, counting.patience())
              .toll(controls.id(), controls.plan().metrics(), candidate, counting);
      ledger.count(counted, isLast);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      ledger.note("not counted: " + Reasons.of(failure));
    }
  }

  /** The old version is fine again once a look has found it within every limit. */
  private void confirm(Slot serving) {
    String doubt = doubt(serving);
    for (Duration pause : LOOK_AGAIN) {
      if (doubt.isEmpty()) {
        break;
      }
      Waits.until("look at " + serving + " again", pause, () -> false);
      doubt = doubt(serving);
    }
    if (doubt.isEmpty()) {
      ledger.confirm(Waits.now(), serving + " is within every limit");
    } else {
      ledger.note(serving + " is not confirmed: " + doubt);
    }
  }

  private String doubt(Slot serving) {
    if (controls.plan().metrics().limits().isEmpty()) {
      return "no limit is declared";
    }
    try {
      return controls
          .back()
          .metrics("Look at " + serving)
          .read(controls.id(), controls.plan().metrics(), serving)
          .stream()
          .filter(reading -> reading.limit() != null && reading.state() != Reading.State.OK)
          .map(ExposureCount::words)
          .collect(Collectors.joining("; "));
    } catch (ActivityFailure failure) {
      return Reasons.of(failure);
    }
  }

  private static String words(Reading reading) {
    return reading.state() == Reading.State.NO_DATA
        ? Readings.unseen(reading)
        : Readings.breach(reading);
  }

  private boolean counts() {
    return controls.plan().metrics().judge() != null;
  }
}
