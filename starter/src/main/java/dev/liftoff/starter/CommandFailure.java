package dev.liftoff.starter;

import org.jspecify.annotations.Nullable;

/** The end of a command that could not do its work: one sentence, and what to do about it. */
class CommandFailure extends RuntimeException {
  private final ExitCode exit;
  private final @Nullable String hint;

  CommandFailure(ExitCode exit, String sentence, @Nullable String hint) {
    super(sentence);
    this.exit = exit;
    this.hint = hint;
  }

  ExitCode exit() {
    return exit;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  @Nullable String hint() {
    return hint;
  }
}
