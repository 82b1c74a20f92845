package dev.liftoff.starter;

import dev.liftoff.Outcome;

/** How a command ends; stable, scripts depend on it. */
enum ExitCode {
  OK(0, "done; or the launch ended as launched"),
  UNEXPECTED(1, "something this command does not know"),
  USAGE(2, "wrong options, no such plan file or no such launch"),
  FAILED(3, "the launch failed"),
  NOT_AUTHORISED(4, "Temporal refuses these credentials"),
  ROLLED_BACK(5, "the launch was rolled back; the old version serves"),
  SCRUBBED(6, "no-go, expired or scrubbed: nothing moved"),
  WAITING(7, "a human is awaited"),
  TIMEOUT(8, "nobody answered in time; the launch continues"),
  INVALID(9, "the plan, or the doctor's check, did not pass"),
  CONFLICT(10, "refused: already running, already decided, not open, over"),
  NEEDS_HUMAN(11, "the launch waits for retry or skip"),
  UNREACHABLE(75, "Temporal cannot be reached; try again"),
  INTERRUPTED(130, "Ctrl-C, or a question answered with no; the launch continues");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  static ExitCode of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Launched _ -> OK;
      case Outcome.RolledBack _ -> ROLLED_BACK;
      case Outcome.Scrubbed _ -> SCRUBBED;
    };
  }
}
