package dev.liftoff.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Votes, changes of the launch, holds and time in any order. Whether the poll was right is decided
 * here from the list of what happened, without any of its own code.
 */
class PollRaceTest {
  private static final List<Role> REQUIRED =
      List.of(Role.DEPLOYMENT, Role.DATABASE, Role.MONITORING, Role.COMMANDER);
  private static final List<String> PEOPLE = List.of("dan", "ravi", "mei", "ann", "Ann", "omar");
  private static final String INITIATOR = "ann";
  private static final Instant T0 = Instant.parse("2026-11-20T14:00:00Z");
  private static final int STEPS = 60;

  /** What happened, in order. */
  private sealed interface Event {
    Instant at();

    record Voted(Instant at, Role role, String who, boolean go) implements Event {}

    record Changed(Instant at) implements Event {}

    record Held(Instant at) implements Event {}

    record Resumed(Instant at) implements Event {}
  }

  private final List<Event> log = new ArrayList<>();
  private final Map<String, String> parts = new TreeMap<>();
  private Instant now = T0;
  private @Nullable Instant held;
  private int passed;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aPollNeverPassesWithVoidVotes(long seed) {
    Random random = new Random(seed);

    for (int run = 0; run < 1_000; run++) {
      race(random);
    }

    assertThat(passed).as("polls that passed, of 1,000").isBetween(100, 999);
  }

  @Test
  void aPollOfFourPeoplePassesInTheEnd() {
    Poll poll = poll();
    for (int i = 0; i < REQUIRED.size(); i++) {
      vote(poll, REQUIRED.get(i), PEOPLE.get(i), true, null);
    }

    assertThat(poll.passes(now)).isTrue();
    assertThat(mayPass()).as("the rules as this test reads them").isTrue();
  }

  private void race(Random random) {
    log.clear();
    parts.clear();
    held = null;
    now = T0;
    Poll poll = poll();
    for (int step = 0; step < STEPS && poll.calledOff().isEmpty(); step++) {
      now = now.plus(Duration.ofSeconds(random.nextInt(random.nextInt(4) == 0 ? 1_500 : 90)));
      act(random, poll);
      if (random.nextBoolean()) {
        poll.look(now);
      }
      if (poll.passes(now)) {
        assertThat(mayPass()).as("passes at %s after %s", now, log).isTrue();
        passed++;
        return;
      }
    }
  }

  private void act(Random random, Poll poll) {
    switch (random.nextInt(12)) {
      case 0 -> change(poll, random);
      case 1 -> hold(poll);
      case 2, 3 -> resume(poll);
      case 4 -> vote(poll, any(random, REQUIRED), any(random, PEOPLE), false, null);
      default -> {
        int seat = random.nextInt(REQUIRED.size());
        boolean own = random.nextInt(5) > 0;
        vote(
            poll,
            REQUIRED.get(seat),
            own ? PEOPLE.get(seat) : any(random, PEOPLE),
            true,
            random.nextBoolean() ? poll.seal().digest() : null);
      }
    }
  }

  private void change(Poll poll, Random random) {
    String part = any(random, List.of("plan", "image", "checklist", "alerts"));
    String digest = Integer.toString(random.nextInt(3));
    if (!digest.equals(parts.put(part, digest))) {
      log.add(new Event.Changed(now));
    }
    poll.sealed(new Seal(parts));
  }

  private void hold(Poll poll) {
    if (held == null) {
      held = now;
      log.add(new Event.Held(now));
      poll.held(now);
    }
  }

  private void resume(Poll poll) {
    if (held != null) {
      held = null;
      log.add(new Event.Resumed(now));
      poll.resumed(now);
    }
  }

  private void vote(Poll poll, Role role, String who, boolean go, @Nullable String seal) {
    Ballot ballot = new Ballot(role, who, go, "so", true, seal);
    if (poll.refusal(ballot, now).isEmpty()) {
      poll.cast(ballot, now);
      log.add(new Event.Voted(now, role, who, go));
    }
  }

  /** From the log alone: every role's last word is a go that nothing has voided. */
  private boolean mayPass() {
    Set<String> people = new HashSet<>();
    Event.Voted commander = lastOf(Role.COMMANDER);
    for (Role role : REQUIRED) {
      Event.Voted vote = lastOf(role);
      if (vote == null || !vote.go() || isVoid(vote) || commander == null) {
        return false;
      }
      people.add(vote.who().toLowerCase(Locale.ROOT));
    }
    boolean together = people.size() == REQUIRED.size();
    people.remove(INITIATOR);
    return together && !people.isEmpty() && held == null && commanderSawThem(commander);
  }

  /** No other role had a void vote, or none, at the moment of the commander's go. */
  private boolean commanderSawThem(Event.Voted commander) {
    return REQUIRED.stream()
        .filter(role -> role != Role.COMMANDER)
        .allMatch(role ->
            log.subList(0, log.indexOf(commander)).stream()
                .anyMatch(event -> event instanceof Event.Voted vote && vote.role() == role));
  }

  private Event.@Nullable Voted lastOf(Role role) {
    return log.reversed().stream()
        .filter(event -> event instanceof Event.Voted vote && vote.role() == role)
        .map(Event.Voted.class::cast)
        .findFirst()
        .orElse(null);
  }

  private boolean isVoid(Event.Voted vote) {
    if (!now.isBefore(vote.at().plus(Duration.ofMinutes(60)))) {
      return true;
    }
    List<Event> since = log.subList(log.lastIndexOf(vote), log.size());
    return since.stream().anyMatch(Event.Changed.class::isInstance) || wasHeldTooLong(vote);
  }

  private boolean wasHeldTooLong(Event.Voted vote) {
    Instant begin = null;
    for (Event event : log) {
      if (event instanceof Event.Held) {
        begin = event.at();
      }
      if (event instanceof Event.Resumed && begin != null) {
        boolean covers =
            !event.at().isBefore(vote.at()) && log.indexOf(event) > log.lastIndexOf(vote);
        if (covers && Duration.between(begin, event.at()).compareTo(Duration.ofMinutes(30)) > 0) {
          return true;
        }
        begin = null;
      }
    }
    return false;
  }

  private static Poll poll() {
    return new Poll(REQUIRED, Voting.STANDARD, INITIATOR, Seal.EMPTY);
  }

  private static <T> T any(Random random, List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
