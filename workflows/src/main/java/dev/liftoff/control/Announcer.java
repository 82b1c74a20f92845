package dev.liftoff.control;

import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.Revision;
import dev.liftoff.Stubs;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Routing;
import dev.liftoff.notify.Scene;
import dev.liftoff.notify.outbox.Outbox;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.status.LaunchStatus;
import dev.liftoff.timeline.Labels;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells people, beside the launch: no message is ever waited for, and none can fail it. */
public final class Announcer {
  private static final Duration LAST_WORDS = Duration.ofSeconds(30);

  private final LaunchId id;
  private final PlanInForce plan;
  private final Stubs stubs;
  private final Board board;
  private final Outbox outbox;
  private int sent;
  private int pending;

  Announcer(LaunchId id, PlanInForce plan, Stubs stubs, Board board) {
    this.id = id;
    this.plan = plan;
    this.stubs = stubs;
    this.board = board;
    outbox = new Outbox(id, stubs::notifier, board.messages, board.mutes);
  }

  /** Goes on at once. */
  public void announce(Severity severity, String title, List<String> facts) {
    announce(Occasion.OTHER, severity, title, facts);
  }

  public void announce(Occasion occasion, Severity severity, String title, List<String> facts) {
    sent++;
    if (Revision.MESSAGES.isOn()) {
      outbox.add(
          new Announcement(
              key(occasion),
              severity,
              title,
              facts,
              occasion,
              scene(),
              new Routing(
                  plan.now().notifications().kinds(occasion),
                  List.of(),
                  Map.of(),
                  Map.of(),
                  List.of())));
    } else {
      beside(new Announcement(id + "#" + sent, severity, title, facts));
    }
  }

  /** What launches did not tell that began before messages had occasions. */
  public void tell(Occasion occasion, String title, List<String> facts) {
    if (Revision.MESSAGES.isOn()) {
      announce(occasion, Severity.INFORMATION, title, facts);
    }
  }

  /** Gives the last messages their time before the launch ends. */
  public void finish() {
    Waits.until("last messages", LAST_WORDS, () -> pending == 0 && outbox.isEmpty());
    board.messages.close();
    board.mutes.close();
  }

  private String key(Occasion occasion) {
    Milestone milestone = board.milestone();
    return id + "/" + sent + "-" + (milestone == null ? "" : milestone + "-") + occasion;
  }

  private Scene scene() {
    LaunchStatus status = board.status();
    Milestone at = status.milestone();
    Milestone next = next(at);
    boolean added = next != null && board.checkpoints.isPending();
    Instant now = Waits.now();
    LaunchStatus.Judged judged = status.judged();
    Instant zero = status.clock().actual();
    return new Scene(
        plan.now().commander(),
        status.from(),
        plan.now().image().reference(),
        at,
        label(at),
        status.state(),
        now,
        now.plus(plan.now().notifications().notAfter()),
        null,
        zero == null ? status.clock().planned() : zero,
        judged == null ? List.of() : judged.readings(),
        status.concerns().stream().map(Object::toString).toList(),
        next == null ? null : added ? board.checkpoints.label() : label(next),
        next == null ? null : added ? board.checkpoints.due() : board.clock.due(next),
        board.readiness.brief(),
        board.attendance.whoIsWho());
  }

  private String label(@Nullable Milestone milestone) {
    return milestone == null ? "" : Labels.of(plan.now().offset(milestone));
  }

  private @Nullable Milestone next(@Nullable Milestone at) {
    return at == null || board.isGoingBack()
        ? null
        : Arrays.stream(Milestone.values())
            .filter(milestone -> milestone.compareTo(at) > 0)
            .findFirst()
            .orElse(null);
  }

  private void beside(Announcement announcement) {
    pending++;
    Workflow.newDetachedCancellationScope(
            () -> {
              var _ =
                  Async.function(
                          stubs.notifier("Tell: " + announcement.title())::announce,
                          id,
                          announcement)
                      .handle((delivery, failure) -> {
                        pending--;
                        if (failure == null) {
                          board.messages.take(announcement, delivery);
                        } else {
                          board.messages.lost(announcement, "no notifier answered");
                        }
                        return null;
                      });
            })
        .run();
  }
}
