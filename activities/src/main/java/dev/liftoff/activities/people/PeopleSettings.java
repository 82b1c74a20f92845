package dev.liftoff.activities.people;

import dev.liftoff.Milestone;
import dev.liftoff.gate.Poll;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Voting;
import dev.liftoff.people.Patience;
import dev.liftoff.people.Policy;
import dev.liftoff.people.StandardTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, as it is written in the worker's settings.
 *
 * @param file of people; null: nobody can be verified
 * @param unverified {@code all}, {@code none}, or verbs, gates, {@code checklist} and {@code
 *     sign-off}; null: all without a file, and hold, rollback and note with one
 * @param may a line for each verb that differs from the standard table: {@code promote: commander,
 *     deployment}
 * @param polls a line for each gate that is a poll whatever the plan says: {@code migrate:
 *     database, commander}
 * @param twoPersons verbs that two people must say, such as {@code skip, promote}; null or {@code
 *     none}: one is enough
 * @param otherVoters how many people besides whoever began the launch must say go
 */
public record PeopleSettings(
    @Nullable Path file,
    @Nullable String unverified,
    @Nullable String may,
    @Nullable String polls,
    int otherVoters,
    boolean roleSharing,
    Duration voteLife,
    Duration holdVoids,
    @Nullable String twoPersons) {
  private static final List<String> WITHOUT_PROOF = List.of("hold", "rollback", "note");

  /**
   * Whoever mistypes here must learn it when the worker starts.
   *
   * @throws IllegalArgumentException with the word that is wrong and what it must be
   */
  public PeopleSettings {
    PolicyText.table(may);
    PolicyText.polls(polls);
    PolicyText.unverified(unverified);
    PolicyText.twoPersons(twoPersons);
    if (otherVoters < 0) {
      throw new IllegalArgumentException("other-voters must be 0 or more, was " + otherVoters);
    }
  }

  boolean acceptsAll() {
    return accepted().contains(Policy.ALL);
  }

  Policy policy(@Nullable String warning) {
    Map<String, List<Role>> table = new TreeMap<>(StandardTable.all());
    table.putAll(PolicyText.table(may));
    Map<Milestone, List<Role>> required = new TreeMap<>();
    PolicyText.polls(polls).forEach((gate, roles) -> required.put(gate, Poll.inOrder(roles)));
    return new Policy(
        table,
        accepted(),
        required,
        new Voting(otherVoters, roleSharing, voteLife, holdVoids, true),
        warning,
        null,
        Patience.STANDARD,
        PolicyText.twoPersons(twoPersons));
  }

  private List<String> accepted() {
    if (unverified == null) {
      return file == null ? List.of(Policy.ALL) : WITHOUT_PROOF;
    }
    return PolicyText.unverified(unverified);
  }
}
