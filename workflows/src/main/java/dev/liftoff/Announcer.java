package dev.liftoff;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Delivery;
import dev.liftoff.timeline.TimelineEntry;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** Tells people, beside the launch: no message is ever waited for, and none can fail it. */
final class Announcer {
  private static final Duration LAST_WORDS = Duration.ofSeconds(30);

  private final LaunchId id;
  private final Stubs stubs;
  private final Board board;
  private int sent;
  private int pending;

  Announcer(LaunchId id, Stubs stubs, Board board) {
    this.id = id;
    this.stubs = stubs;
    this.board = board;
  }

  /** Goes on at once. Its own scope, because a cancelled launch has most to say. */
  void announce(Severity severity, String title, List<String> facts) {
    sent++;
    pending++;
    Announcement announcement = new Announcement(id + "#" + sent, severity, title, facts);
    Workflow.newDetachedCancellationScope(
            () -> {
              var _ =
                  Async.function(stubs.notifier("Tell: " + title)::announce, id, announcement)
                      .handle((delivery, failure) -> {
                        pending--;
                        outcome(title, failure == null ? delivery : null);
                        return null;
                      });
            })
        .run();
  }

  /** Gives the last messages their time before the launch ends. */
  void finish() {
    Waits.until("last messages", LAST_WORDS, () -> pending == 0);
  }

  private void outcome(String title, @org.jspecify.annotations.Nullable Delivery delivery) {
    if (delivery == null) {
      board.tell(TimelineEntry.Kind.TROUBLE, "liftoff", "message not delivered: " + title);
      return;
    }
    delivery
        .channels()
        .forEach((channel, result) -> {
          if (!"sent".equals(result)) {
            board.tell(
                TimelineEntry.Kind.TROUBLE,
                "liftoff",
                "message not delivered to " + channel + ": " + title + " (" + result + ")");
          }
        });
  }
}
