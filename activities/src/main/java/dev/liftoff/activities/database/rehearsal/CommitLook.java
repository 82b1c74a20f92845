package dev.liftoff.activities.database.rehearsal;

import dev.liftoff.activities.database.migration.CommandState;
import dev.liftoff.activities.database.proxy.SessionEvents;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the copy after each commit of a command, before the tool hears of it and goes on: the
 * states that a crash can leave.
 */
final class CommitLook implements SessionEvents {
  /** Beyond these a look at each would take longer than the migration. */
  private static final int MOST = 200;

  /** Reads what stands now. */
  interface Reading {
    CommandState state() throws SQLException;
  }

  private final Reading reading;
  private final List<CommandState> states = new ArrayList<>();
  private boolean every = true;
  private final Runnable lockLook;
  private int looks;
  private long looking;
  private long openedAt;
  private long worked;
  private @Nullable SQLException trouble;

  /**
   * @param before what stands before the first commit
   * @param lockLook is asked to look while locks are held
   */
  CommitLook(Reading reading, CommandState before, Runnable lockLook) {
    this.reading = reading;
    this.lockLook = lockLook;
    this.states.add(before);
  }

  @Override
  public synchronized void opened(int pid) {
    openedAt = openedAt == 0 ? System.nanoTime() : openedAt;
  }

  @Override
  public void holding() {
    lockLook.run();
  }

  @Override
  public synchronized void committed(boolean changing, boolean alone) {
    every &= alone && looks < MOST;
    long committedAt = System.nanoTime();
    if (changing) {
      worked = committedAt - openedAt - looking;
    }
    if (looks++ >= MOST) {
      return;
    }
    try {
      CommandState now = reading.state();
      if (changing || !now.equals(states.getLast())) {
        states.add(now);
      }
    } catch (SQLException unread) {
      trouble = unread;
    }
    looking += System.nanoTime() - committedAt;
  }

  /** The one before, and the one after each commit. */
  synchronized List<CommandState> states() throws SQLException {
    if (trouble != null) {
      throw trouble;
    }
    return List.copyOf(states);
  }

  /** Whether no commit can have been missed. */
  synchronized boolean every() {
    return every;
  }

  /** From the first session to the last commit, without the time that looking took. */
  synchronized Duration took() {
    return Duration.ofNanos(worked);
  }
}
