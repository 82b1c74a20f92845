package dev.liftoff.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The moments within a long window at which it ends if all is not well, or if a watched thing has
 * changed. So nothing is told later than by windows as short as that, which would fill the history.
 */
public final class Interim {
  private final @Nullable Duration every;
  private final BooleanSupplier changed;
  private Instant last;

  /**
   * @param begun when the window began
   * @param resumed whether an attempt before this one was lost, and perhaps what it found
   * @param changed asked at each of the moments: whether a watched thing is not as it was
   */
  public Interim(Watch watch, Instant begun, boolean resumed, BooleanSupplier changed) {
    this.every = watch.interim();
    this.changed = changed;
    last = resumed && every != null ? begun.minus(every) : begun;
  }

  /** Whether the window ends now. */
  public boolean ends(Instant now, boolean well) {
    if (every == null || Duration.between(last, now).compareTo(every) < 0) {
      return false;
    }
    last = now;
    return !well || changed.getAsBoolean();
  }
}
