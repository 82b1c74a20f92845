package dev.liftoff.status;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done after a launch.
 *
 * @param number by which it is called done; the first is 1
 * @param owner who does it
 * @param due until when; null when nobody said
 * @param by who asked for it
 */
public record ActionItem(
    int number, String text, String owner, @Nullable LocalDate due, String by, boolean done) {
  /** Such as {@code 2. bob until 2026-12-01: add an index on orders.note}. */
  @Override
  public String toString() {
    return "%d. %s%s: %s".formatted(number, owner, due == null ? "" : " until " + due, text);
  }
}
