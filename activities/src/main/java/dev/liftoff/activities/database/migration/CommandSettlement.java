package dev.liftoff.activities.database.migration;

import java.util.List;

/**
 * What an attempt does with the state that it finds, against those that the rehearsal passed
 * through. It never guesses: what these do not explain is held.
 *
 * @param begun an earlier attempt of this launch may have changed something
 */
record CommandSettlement(RehearsedCommand rehearsed, boolean begun, CommandState now) {

  /** What follows from it. */
  sealed interface Decision {
    /** The tool goes on from here. */
    record Run() implements Decision {}

    /** It is through. */
    record Done() implements Decision {}

    /** A human has to look. */
    record Hold(String sentence) implements Decision {}
  }

  Decision decide() {
    if (!begun && !now.equals(rehearsed.start())) {
      return new Decision.Hold("the live schema is not the one that was rehearsed on");
    }
    if (rehearsed.states().size() == 1 && now.equals(rehearsed.end())) {
      return new Decision.Done();
    }
    return begun ? goOn() : new Decision.Run();
  }

  private Decision goOn() {
    List<CommandState> states = rehearsed.states();
    if (!states.contains(now)) {
      return new Decision.Hold(
          "the live schema is none of the %d that the rehearsal passed through"
              .formatted(states.size()));
    }
    if (states.indexOf(now) != states.lastIndexOf(now)) {
      return new Decision.Hold(
          "a commit of the command moves neither the version nor the schema, so it cannot be told whether it was done");
    }
    if (now.equals(rehearsed.end())) {
      return new Decision.Done();
    }
    return rehearsed.every()
        ? new Decision.Run()
        : new Decision.Hold(
            "the command commits several times at once, so it cannot be told how far it got");
  }
}
