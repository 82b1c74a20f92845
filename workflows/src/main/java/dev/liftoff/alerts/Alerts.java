package dev.liftoff.alerts;

import dev.liftoff.LaunchId;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The alerts of the monitoring system, and who is not told of them for a while. */
@ActivityInterface(namePrefix = "Alerts")
public interface Alerts {

  /**
   * All watched alerts that fire, also those that are silenced: a silence must not hide why a
   * launch should not go on. No answer is a value too, and never an empty list.
   */
  Firing firing(LaunchId launch, AlertsSpec spec);

  /**
   * Silences what the plan names. Looks first what this launch has silenced already, because two
   * identical requests would make two silences; so repeating changes nothing.
   *
   * @return a line for each silence
   */
  List<String> silence(LaunchId launch, SilenceOrder order);

  /**
   * Ends every silence of this launch, and of no other. Harmless where there is none.
   *
   * @return a line for each silence that was ended
   */
  List<String> endSilences(LaunchId launch, AlertsSpec spec);
}
