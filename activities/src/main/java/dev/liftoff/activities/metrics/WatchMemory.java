package dev.liftoff.activities.metrics;

import dev.liftoff.activities.Heartbeat;
import io.temporal.activity.Activity;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a watch keeps its progress between attempts: the heartbeat of its activity. */
interface WatchMemory {

  /** What the attempt before kept last. */
  Optional<WatchProgress> last();

  /** Keeps it, and throws when nobody waits for this attempt any more. */
  void keep(WatchProgress progress);

  static WatchMemory ofActivity() {
    return new WatchMemory() {
      @Override
      public Optional<WatchProgress> last() {
        try {
          return Activity.getExecutionContext().getHeartbeatDetails(WatchProgress.class);
        } catch (DataConverterException foreign) {
          // Written by a version that we do not understand: watching anew is safe, failing is not.
          log().warn("heartbeat of the attempt before cannot be read, watching anew", foreign);
          return Optional.empty();
        }
      }

      @Override
      public void keep(WatchProgress progress) {
        Heartbeat.ofActivity().beat(progress);
      }
    };
  }

  private static Logger log() {
    return LoggerFactory.getLogger(WatchMemory.class);
  }
}
