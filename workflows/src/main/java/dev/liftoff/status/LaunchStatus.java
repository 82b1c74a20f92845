package dev.liftoff.status;

import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.Outcome;
import dev.liftoff.checklist.ReadinessSummary;
import dev.liftoff.container.Slot;
import dev.liftoff.database.ProofLevel;
import dev.liftoff.gate.Role;
import dev.liftoff.metrics.Concern;
import dev.liftoff.metrics.Reading;
import dev.liftoff.metrics.Verdict;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.notify.Backlog;
import dev.liftoff.notify.Tally;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a launch stands: one snapshot, from which the command line, the Temporal UI and dashboards
 * draw their views. Fields are added, never renamed.
 *
 * @param schema {@code liftoff.status/v1}
 * @param revision grows with every change: two snapshots with the same revision are the same
 * @param from the version that served before; null in a first launch
 * @param milestone where the launch is
 * @param because why it is in this state, in a sentence
 * @param checks the last checks, with value and limit
 * @param undo the way back, next first
 * @param concerns what the watch found out of bounds and did not roll back for
 * @param watched the watched things of the plan beside what they were, as they were seen last
 * @param exposure what users met of the candidate; null before its first traffic
 * @param messages how the messages stand on each channel
 * @param calibration how the judge learned to count, and why; empty without a judge
 * @param team who is here, who has the launch, and what is to be done after it; null from an older
 *     worker
 * @param checkpoints what people added to the reviews, oldest first
 * @param people who decides, and the votes of a poll
 * @param readiness how the checklist stood when it last told the launch, not ready before it has;
 *     null where the plan has none
 * @param alerts as they were seen last, and what is silenced; null where the plan watches none
 * @param backlog what was muted, and what {@code resend} can tell again
 * @param plan which plan is in force; null from an older worker
 */
public record LaunchStatus(
    String schema,
    LaunchId launch,
    long revision,
    Instant asOf,
    String commander,
    @Nullable String from,
    String to,
    @Nullable Milestone milestone,
    State state,
    String because,
    Clock clock,
    @Nullable Next next,
    @Nullable Awaited awaited,
    Traffic traffic,
    @Nullable Judged judged,
    List<ProbeResult> checks,
    Database database,
    List<Undo> undo,
    WayBack wayBack,
    @Nullable Outcome outcome,
    List<Concern> concerns,
    List<Watched> watched,
    @Nullable Exposure exposure,
    List<Tally> messages,
    List<String> calibration,
    List<Checkpoint> checkpoints,
    @Nullable Team team,
    PeopleStatus people,
    @Nullable ReadinessSummary readiness,
    @Nullable AlertsStatus alerts,
    Backlog backlog,
    @Nullable PlanStatus plan) {

  public static final String SCHEMA = "liftoff.status/v1";

  /** A launch that was begun by an older worker has none of the later ones. */
  public LaunchStatus {
    concerns = concerns == null ? List.of() : List.copyOf(concerns);
    watched = watched == null ? List.of() : List.copyOf(watched);
    messages = messages == null ? List.of() : List.copyOf(messages);
    calibration = calibration == null ? List.of() : List.copyOf(calibration);
    checkpoints = checkpoints == null ? List.of() : List.copyOf(checkpoints);
    people = people == null ? PeopleStatus.UNKNOWN : people;
    backlog = backlog == null ? Backlog.NONE : backlog;
  }

  /** What the launch is doing. */
  public enum State {
    /** A step runs. */
    WORKING,
    /** The next milestone has its hour. */
    WAITING,
    /** A gate is open. */
    DECIDING,
    /** A step of the ramp is being watched. */
    SOAKING,
    /** The clock is stopped. */
    HELD,
    /** The way back runs. */
    ROLLING_BACK,
    /** Something cannot finish without a person. */
    NEEDS_HUMAN,
    /** It is over: see the outcome. */
    ENDED
  }

  /**
   * The clock of the launch.
   *
   * @param planned T+0 as planned, null when the milestones before it run back to back
   * @param actual when all traffic had moved, null before
   * @param held how long it was stopped in all
   * @param heldSince since when it is stopped, null while it runs
   */
  public record Clock(
      @Nullable Instant planned,
      @Nullable Instant actual,
      Duration held,
      @Nullable Instant heldSince) {}

  /**
   * The next milestone and its hour; the hour is null while it follows at once.
   *
   * @param label as people say it, such as {@code T+24h}; of a checkpoint that was added at a
   *     review, whose milestone is that review, its own; null from an older worker
   */
  public record Next(Milestone milestone, @Nullable Instant at, @Nullable String label) {}

  /** Who is awaited, and until when; a timeout is never a yes. */
  public record Awaited(Milestone gate, List<Role> roles, Instant since, Instant until) {}

  /**
   * Where requests go.
   *
   * @param candidate the slot of the new version, null before it is known
   * @param planned the weight that the candidate should have now
   * @param actual read back from the proxy, null before the first reading
   */
  public record Traffic(
      @Nullable Slot candidate,
      Weight planned,
      @Nullable Weights actual,
      @Nullable Instant readAt) {}

  /** The last verdict and what it rests on. */
  public record Judged(Verdict verdict, List<Reading> readings, Instant at) {}

  /**
   * What is known of the database; null where it has not been looked at.
   *
   * @param rehearsed one line for each migration as it ran on the restored copy, then what was
   *     noticed
   * @param rescue what a rescue would do, where one is asked for
   * @param compatible the old version was seen to work on the rehearsed schema
   * @param proven restored and compared by content, which is level L3 or better
   * @param level how much was shown of the restore point; null before anything was
   */
  public record Database(
      @Nullable String schemaBefore,
      @Nullable String schemaNow,
      List<String> pending,
      @Nullable String restorePoint,
      boolean proven,
      List<String> rehearsed,
      boolean compatible,
      List<String> rescue,
      @Nullable ProofLevel level) {
    /** A launch that was begun by an older worker has none of the later ones. */
    public Database {
      rescue = rescue == null ? List.of() : List.copyOf(rescue);
      rehearsed = rehearsed == null ? List.of() : List.copyOf(rehearsed);
    }
  }

  /** One undo: its name, how far it is, and its result in words. */
  public record Undo(String name, UndoState state, String result) {}

  /** How far an undo is. */
  public enum UndoState {
    ARMED,
    RUNNING,
    DONE,
    FAILED,
    SKIPPED
  }

  /**
   * What a rollback would do now, and what it would not undo.
   *
   * @param database what would become of the database, by {@link dev.liftoff.database.WayBack};
   *     null where the plan has none
   */
  public record WayBack(
      boolean open, List<String> would, List<String> wouldNot, @Nullable String database) {}
}
