package dev.liftoff.simulation;

import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Delivery;
import dev.liftoff.notify.Notifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was announced. */
public final class SimulatedNotifier implements Notifier {
  private final List<Announcement> announcements = new CopyOnWriteArrayList<>();
  private volatile boolean unreachable;

  /** From now on nobody hears anything. */
  public SimulatedNotifier unreachable() {
    unreachable = true;
    return this;
  }

  /** What people heard, in the order of arrival. */
  public List<Announcement> announcements() {
    return List.copyOf(announcements);
  }

  @Override
  public Delivery announce(LaunchId launch, Announcement announcement) {
    if (unreachable) {
      return new Delivery(Map.of("simulated", "not sent: no answer (simulated)"));
    }
    announcements.add(announcement);
    return new Delivery(Map.of("simulated", Delivery.SENT));
  }
}
