package dev.liftoff.starter;

import dev.liftoff.status.LaunchStatus.State;

/** Colours where they are wanted; never the only carrier of a meaning. */
record Paint(boolean on) {
  String bold(String text) {
    return wrap("1", text);
  }

  String good(String text) {
    return wrap("32", text);
  }

  String attention(String text) {
    return wrap("33", text);
  }

  String bad(String text) {
    return wrap("31", text);
  }

  String state(State state) {
    return switch (state) {
      case WORKING, WAITING, SOAKING, ENDED -> bold(state.name());
      case DECIDING, HELD -> attention(state.name());
      case ROLLING_BACK, NEEDS_HUMAN -> bad(state.name());
    };
  }

  private String wrap(String code, String text) {
    return on ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
