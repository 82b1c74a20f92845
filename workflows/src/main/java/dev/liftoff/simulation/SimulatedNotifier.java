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
  private volatile boolean unreachable;
  private volatile @Nullable String unpaged;

  /** From now on nobody hears anything. */
  public SimulatedNotifier unreachable() {
    unreachable = true;
    return this;
  }

  /** From now on they hear again. */
  public SimulatedNotifier reachable() {
    unreachable = false;
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

  @Override
  public Delivery announce(LaunchId launch, Announcement announcement) {
    if (unreachable) {
      return Delivery.of(List.of(Told.failed(NAME, "no answer (simulated)", true)));
    }
    announcements.add(announcement);
    return Delivery.of(List.of(Told.sent(NAME, null)))
        .unpaged(announcement.occasion().pages() ? unpaged : null);
  }
}
