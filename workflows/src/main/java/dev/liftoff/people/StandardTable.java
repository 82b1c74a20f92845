package dev.liftoff.people;

import dev.liftoff.Verb;
import dev.liftoff.gate.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who may do what where the settings say nothing else. What makes a launch safer is for many, what
 * takes a safeguard away for the commander alone.
 */
public final class StandardTable {
  private static final List<Role> EVERYBODY = List.of(Role.values());
  private static final List<Role> COMMANDER = List.of(Role.COMMANDER);
  private static final List<Role> HANDS = List.of(Role.COMMANDER, Role.DEPLOYMENT, Role.ON_CALL);

  private StandardTable() {}

  public static Map<String, List<Role>> all() {
    return Arrays.stream(Verb.values())
        .collect(Collectors.toMap(Verb::toString, StandardTable::roles));
  }

  private static List<Role> roles(Verb verb) {
    return switch (verb) {
      case HOLD, NOTE, EXTEND, PRESENT, ACKNOWLEDGE, ACTION, LEND -> EVERYBODY;
      case RESUME, PROMOTE, RESCUE, DISCARD, AMEND -> COMMANDER;
      case MUTE, UNMUTE, RESEND -> List.of(Role.COMMANDER, Role.COMMUNICATION);
      case SKIP -> List.of(Role.COMMANDER, Role.CTO);
      case ROLLBACK, SCRUB -> HANDS;
      case RETRY -> List.of(Role.COMMANDER, Role.DEPLOYMENT, Role.DATABASE, Role.ON_CALL);
    };
  }
}
