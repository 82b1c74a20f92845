package dev.liftoff.simulation;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Notifier;
import dev.liftoff.notify.NotifierContract;
import java.util.List;

class SimulatedNotifierTest extends NotifierContract {
  private final SimulatedNotifier notifier = new SimulatedNotifier();

  @Override
  protected Notifier notifier() {
    return notifier;
  }

  @Override
  protected List<String> seenByPeople() {
    return notifier.announcements().stream().map(Announcement::title).toList();
  }

  @Override
  protected void cutOff() {
    notifier.unreachable();
  }
}
