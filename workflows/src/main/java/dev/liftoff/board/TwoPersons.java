package dev.liftoff.board;

import dev.liftoff.Verb;
import dev.liftoff.Waits;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verbs that one person asked for and a second one has not said yet. */
public final class TwoPersons {
  /** Whoever asks has the other on the call; what was asked for an hour ago was another launch. */
  public static final Duration LIMIT = Duration.ofMinutes(10);

  private final Map<Verb, Asked> waiting = new EnumMap<>(Verb.class);

  private record Asked(
      Verb verb, @Nullable String about, String who, Role role, List<Role> second, Instant until) {
    boolean isBy(String person) {
      return name(who).equals(name(person));
    }

    @Override
    public String toString() {
      return "%s asked by %s (%s): needs a second person (%s) until %s"
          .formatted(
              verb,
              who,
              role,
              second.stream().sorted().map(Role::word).collect(Collectors.joining(" or ")),
              until);
    }
  }

  /** What waits, a sentence each. */
  List<String> waiting(Instant now) {
    return waiting.values().stream()
        .filter(asked -> now.isBefore(asked.until()))
        .map(Asked::toString)
        .toList();
  }

  /** Why it is not done yet; empty when this is the second person, or one is enough. */
  public Optional<String> waits(
      Policy policy, Verb verb, @Nullable String about, Command command, Caller caller) {
    if (!policy.needsTwo(verb)) {
      return Optional.empty();
    }
    Instant now = Waits.now();
    Role role = Role.of(String.valueOf(command.role()));
    Asked first = waiting.get(verb);
    if (first == null
        || !now.isBefore(first.until())
        || !String.valueOf(about).equals(first.about())) {
      first =
          new Asked(
              verb,
              String.valueOf(about),
              caller.person(),
              role,
              policy.second(verb, role),
              now.plus(LIMIT).truncatedTo(ChronoUnit.SECONDS));
      waiting.put(verb, first);
      return Optional.of(first.toString());
    }
    if (first.isBy(caller.person()) || !first.second().contains(role)) {
      return Optional.of(first.toString());
    }
    waiting.remove(verb);
    return Optional.empty();
  }

  /** What it was about is over. */
  public void forget(Verb verb) {
    waiting.remove(verb);
  }

  private static String name(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT);
  }
}
