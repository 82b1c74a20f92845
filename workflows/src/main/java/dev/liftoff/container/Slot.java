package dev.liftoff.container;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;

/**
 * One of the two places in which a version of the service can run. Baseline and candidate swap
 * slots with every launch.
 */
public enum Slot {
  BLUE,
  GREEN;

  public Slot other() {
    return this == BLUE ? GREEN : BLUE;
  }

  /** The name in plans, proxies, labels and metrics: {@code blue} or {@code green}. */
  @JsonValue
  public String word() {
    return Word.of(this);
  }

  @JsonCreator
  public static Slot of(String word) {
    return Word.read(Slot.class, word);
  }

  @Override
  public String toString() {
    return word();
  }
}
