package dev.liftoff.starter;

import org.jspecify.annotations.Nullable;

/**
 * What the doctor found.
 *
 * @param fix what to do; null when it is well
 */
record Finding(State state, String subject, String found, @Nullable String fix) {
  /** Well, not well, or not known, which is never well. */
  enum State {
    OK,
    FAIL,
    NO_DATA
  }

  static Finding ok(String subject, String found) {
    return new Finding(State.OK, subject, found, null);
  }

  static Finding fail(String subject, String found, @Nullable String fix) {
    return new Finding(State.FAIL, subject, found, fix);
  }

  static Finding noData(String subject, String found, @Nullable String fix) {
    return new Finding(State.NO_DATA, subject, found, fix);
  }

  boolean ok() {
    return state == State.OK;
  }

  String text(Paint paint) {
    String word =
        switch (state) {
          case OK -> paint.good("OK     ");
          case FAIL -> paint.bad("FAIL   ");
          case NO_DATA -> paint.attention("NO DATA");
        };
    return "%s  %s: %s%s".formatted(word, subject, found, fix == null ? "" : "\n         → " + fix);
  }
}
