package dev.liftoff.watch;

import dev.liftoff.Halt;
import dev.liftoff.Milestone;
import dev.liftoff.Reasons;
import dev.liftoff.Revision;
import dev.liftoff.Stubs;
import dev.liftoff.Waits;
import dev.liftoff.alerts.Alert;
import dev.liftoff.alerts.Alerts;
import dev.liftoff.alerts.AlertsSpec;
import dev.liftoff.alerts.Firing;
import dev.liftoff.alerts.SilenceOrder;
import dev.liftoff.control.Controls;
import dev.liftoff.gate.Seal;
import dev.liftoff.metrics.Response;
import dev.liftoff.timeline.TimelineEntry.Kind;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of the Alertmanager: none of the abort set may fire before traffic moves, and after it
 * one that does holds the launch. Nothing is asked of it where the plan has no alerts.
 */
public final class FiringAlerts {
  /** A launch that takes longer is heard again: too early is safe, too late is not. */
  private static final Duration BEYOND_HAND_OVER = Duration.ofMinutes(30);

  private final Controls controls;
  private final @Nullable AlertsSpec spec;
  private final Concerns concerns;
  private final Unseen unseen;
  private final Set<String> decided = new TreeSet<>();

  public FiringAlerts(Controls controls, Concerns concerns) {
    this.controls = controls;
    this.concerns = concerns;
    spec = controls.plan().alerts();
    unseen = new Unseen(controls);
    if (spec != null) {
      controls.desk().lookAgainBy(this::lookAgain);
    }
  }

  /**
   * When all have said go: what they did not know makes their votes void. What still fires, or is
   * still not known, when they have said it again ends the launch as at any other look; what has
   * ended meanwhile is no reason to ask them again.
   */
  private void lookAgain() {
    if (spec == null || !Revision.ALERTS_AT_POLL.isOn()) {
      return;
    }
    String before = controls.board().firingDigest();
    Firing now = seen(spec);
    if (now.unseen() == null && now.abort().isEmpty()) {
      return;
    }
    if (now.digest().equals(before)) {
      refuse(Milestone.MIGRATE, now);
    }
    seal();
  }

  /** The same as {@link #require}, where earlier launches did not ask. */
  public void requireAgain(Milestone milestone) {
    if (spec != null && Revision.ALERTS_AT_POLL.isOn()) {
      require(milestone);
    }
  }

  /** Before traffic moves an alert of the abort set ends the launch, and so does no answer. */
  public void require(Milestone milestone) {
    if (spec == null) {
      return;
    }
    refuse(milestone, firing(spec));
  }

  private static void refuse(Milestone milestone, Firing firing) {
    if (firing.unseen() != null) {
      throw Halt.rollback(
          milestone + ": " + firing.sentence() + "; what is not known is not green");
    }
    if (!firing.abort().isEmpty()) {
      throw Halt.rollback(milestone + ": alert " + names(firing) + " fires");
    }
  }

  /**
   * After it the launch holds itself, once for each alert: a commander who resumes has decided
   * about it until it ends.
   */
  public void look(Milestone milestone) {
    if (spec == null) {
      return;
    }
    AlertsSpec asked = spec;
    unseen.ask(
        milestone.word(),
        () -> {
          String why = firing(asked).unseen();
          return why == null ? "" : "the alerts are not known: " + why;
        });
    Firing firing = controls.board().alerts.firing();
    Set<String> now = new TreeSet<>();
    firing.abort().forEach(alert -> now.add(alert.labels().toString()));
    boolean fresh = !decided.containsAll(now);
    if (firing.unseen() == null) {
      decided.retainAll(now);
    }
    decided.addAll(now);
    if (fresh) {
      concerns.hold(milestone + ": alert " + names(firing) + " fires", Response.HOLD);
      controls.countdown().pauseWhileHeld();
    }
  }

  /** Their end is registered first: a request whose answer is lost may have been taken. */
  public void silence() {
    if (spec == null || spec.silence().isEmpty()) {
      return;
    }
    AlertsSpec asked = spec;
    Instant end = end();
    controls
        .board()
        .rollback
        .push("silences end", () -> ended(controls.back(), "Undo: end the silences", end));
    try {
      List<String> lines =
          alerts(controls.go(), "Silence until the hand-over")
              .silence(controls.id(), new SilenceOrder(asked, end));
      controls.board().alerts.silenced(lines, end);
      lines.forEach(controls::step);
    } catch (ActivityFailure failure) {
      throwIfCancelled(failure);
      String why = Reasons.of(failure);
      controls.board().alerts.silencingFailed(end, why);
      controls.board().tell(Kind.TROUBLE, "liftoff", "silencing, not done: " + why);
    }
  }

  /** On-call hears everything again. */
  public void endSilences() {
    if (spec != null && !spec.silence().isEmpty()) {
      controls.step(ended(controls.go(), "End the silences", end()));
    }
  }

  /** Never a reason to call a human: each silence has an end of its own. */
  private String ended(Stubs stubs, String summary, Instant end) {
    AlertsSpec asked = spec;
    if (asked == null) {
      return "";
    }
    try {
      int count = alerts(stubs, summary).endSilences(controls.id(), asked).size();
      controls.board().alerts.heardAgain(end);
      return count == 0 ? "nothing is silenced" : count + " silences ended";
    } catch (ActivityFailure failure) {
      throwIfCancelled(failure);
      String sentence =
          "not ended, they end by themselves until " + end + ": " + Reasons.of(failure);
      controls.board().alerts.notHeardAgain(end, sentence);
      return sentence;
    }
  }

  private Firing firing(AlertsSpec asked) {
    Firing firing = seen(asked);
    seal();
    return firing;
  }

  private Firing seen(AlertsSpec asked) {
    Firing firing = asked(asked);
    controls.board().alerts.see(firing);
    controls.step("alerts: " + firing.sentence());
    return firing;
  }

  private void seal() {
    controls.desk().sealed("alerts", Seal.digest(controls.board().firingDigest()));
  }

  private Firing asked(AlertsSpec asked) {
    try {
      return alerts(controls.go(), "Which alerts fire").firing(controls.id(), asked);
    } catch (ActivityFailure failure) {
      throwIfCancelled(failure);
      return Firing.unseen(Reasons.of(failure));
    }
  }

  private Instant end() {
    Instant zero = controls.board().clock.actual();
    Instant planned = controls.board().clock.planned();
    Instant from = zero != null ? zero : planned != null ? planned : Waits.now();
    return from.plus(controls.plan().offset(Milestone.HAND_OVER)).plus(BEYOND_HAND_OVER);
  }

  private static Alerts alerts(Stubs stubs, String summary) {
    return stubs.alerts(summary);
  }

  private static void throwIfCancelled(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure cancelled) {
      throw cancelled;
    }
  }

  private static String names(Firing firing) {
    return firing.abort().stream().map(Alert::sentence).collect(Collectors.joining("; "));
  }
}
