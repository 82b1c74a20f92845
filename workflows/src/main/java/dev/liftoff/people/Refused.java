package dev.liftoff.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was refused is told so often and no more: a story is not for those who flood it. Knows no
 * clock.
 */
public final class Refused {
  private final Ration told = new Ration();
  private boolean silent;

  /** What becomes of one more that was refused. */
  public enum Telling {
    TOLD,
    /** It is told once that further ones are not. */
    LAST,
    COUNTED
  }

  /**
   * Of one more.
   *
   * @param patience null where all of them are told
   */
  public Telling next(@Nullable Patience patience, Instant now) {
    if (patience == null) {
      return Telling.TOLD;
    }
    if (told.isSpent(patience, now)) {
      Telling next = silent ? Telling.COUNTED : Telling.LAST;
      silent = true;
      return next;
    }
    silent = false;
    told.take(patience, now);
    return Telling.TOLD;
  }
}
