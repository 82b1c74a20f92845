package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Notifier;
import dev.liftoff.notify.Told;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what was announced. */
public final class SimulatedNotifier implements Notifier {
  private static final String NAME = "simulated";

  private final List<Announcement> announcements = new CopyOnWriteArrayList<>();
  private volatile @Nullable Told answer;
  private volatile @Nullable String unpaged;

  /** From now on nobody hears anything. */
  public SimulatedNotifier unreachable() {
    return answering(Told.failed(NAME, "no answer (simulated)", true));
  }

  /** From now on nobody hears anything, and trying again would not help. */
  public SimulatedNotifier refusing(String why) {
    return answering(Told.failed(NAME, why, false));
  }

  /** From now on everybody hears it, perhaps twice. */
  public SimulatedNotifier doubtful(String why) {
    return answering(Told.ambiguous(NAME, why, null));
  }

  /** From now on they hear again. */
  public SimulatedNotifier reachable() {
    answer = null;
    return this;
  }

  /** From now on nobody can be paged. */
  public SimulatedNotifier refusingPages(String why) {
    unpaged = why;
    return this;
  }

  /** What people heard, in the order of arrival. */
  public List<Announcement> announcements() {
    return List.copyOf(announcements);
  }

  private SimulatedNotifier answering(Told told) {
    answer = told;
    return this;
  }

  @Override
  public Delivery announce(LaunchId launch, Announcement announcement) {
    Told now = answer;
    if (now != null && now.state() == Told.State.FAILED) {
      return Delivery.of(List.of(now));
    }
    announcements.add(announcement);
    return Delivery.of(List.of(now == null ? Told.sent(NAME, null) : now))
        .unpaged(announcement.occasion().pages() ? unpaged : null);
  }
}
