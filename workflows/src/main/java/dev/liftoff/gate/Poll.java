package dev.liftoff.gate;

import dev.liftoff.plan.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The votes of one gate: a go of every required role, the commander's last. Knows no clock and no
 * launch, so that it can be tried in any order of events.
 *
 * <p>A go counts for {@link Voting#voteLife}, for one {@link Seal}, and not beyond a hold of {@link
 * Voting#heldVoids}, nor of the loan by which it was said. A no-go counts until its role says go.
 * The commander's go rests on the others, and falls with any of them.
 */
public final class Poll {
  private final List<Role> required;
  private final Voting voting;
  private final String initiator;
  private final Map<Role, Vote> votes = new EnumMap<>(Role.class);
  private final Map<String, Seal> seals = new HashMap<>();
  private Seal seal;
  private @Nullable Instant heldSince;

  /**
   * @param required who must say go; the commander is among them even if not named
   * @param initiator who began the launch, and never decides alone
   */
  public Poll(Collection<Role> required, Voting voting, String initiator, Seal seal) {
    this.required = inOrder(required);
    this.voting = voting;
    this.initiator = initiator;
    this.seal = seal;
    seals.put(seal.digest(), seal);
  }

  /** As the roll is called: the commander is last. */
  public static List<Role> inOrder(Collection<Role> roles) {
    return Stream.concat(
            roles.stream().filter(role -> role != Role.COMMANDER).distinct().sorted(),
            Stream.of(Role.COMMANDER))
        .toList();
  }

  public List<Role> required() {
    return required;
  }

  public Seal seal() {
    return seal;
  }

  /** What was said and still counts, whatever it says. */
  public Optional<Vote> vote(Role role, Instant now) {
    return Optional.ofNullable(votes.get(role)).filter(vote -> counts(vote, now));
  }

  public Instant expiry(Vote vote) {
    return vote.expiry(voting.voteLife());
  }

  /** Whose go is missing, in the order of the roll call. */
  public List<Role> missing(Instant now) {
    return required.stream().filter(role -> vote(role, now).filter(Vote::go).isEmpty()).toList();
  }

  /** Why a vote does not count; empty when it does. */
  public Optional<String> refusal(Ballot ballot, Instant now) {
    if (!required.contains(ballot.role())) {
      return Optional.of(
          "this poll is of %s, not of %s".formatted(listed(required), ballot.role()));
    }
    if (!ballot.go()) {
      return Optional.empty();
    }
    return Stream.of(
            otherSeal(ballot),
            heldTooLong(now),
            twoRoles(ballot, now),
            tooEarly(ballot, now),
            alone(ballot, now))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** After {@link #refusal} found nothing. Answers what else this changes. */
  public List<String> cast(Ballot ballot, Instant now) {
    Vote before = votes.put(ballot.role(), Vote.of(ballot, now, voting.loansEnd()));
    List<String> lines = new ArrayList<>();
    if (before != null) {
      lines.add("before it was: " + before.sentence());
    }
    boolean another = before != null && !before.isBy(ballot.who());
    if (ballot.role() != Role.COMMANDER && (!ballot.go() || another)) {
      dropCommander(lines, "it rested on a vote that has changed");
    }
    return lines;
  }

  /** A launch of other parts: what was said about the old ones is void. */
  public List<String> sealed(Seal now) {
    return sealed(now, String.join(", ", seal.difference(now)) + " changed");
  }

  /** The same for a reason. */
  public List<String> sealed(Seal now, String why) {
    if (now.equals(seal)) {
      return List.of();
    }
    seal = now;
    seals.put(now.digest(), now);
    return voidAll(why);
  }

  /** The go of somebody who acted in a role that was lent, and is taken back now. */
  public List<String> takenBack(Role role, String who) {
    Vote vote = votes.get(role);
    if (vote == null || !vote.go() || vote.lent() == null || !vote.isBy(who)) {
      return List.of();
    }
    votes.remove(role);
    List<String> lines = new ArrayList<>();
    lines.add(vote.sentence() + " is void: the role was taken back");
    dropCommander(lines, "it rested on a vote that is void");
    return lines;
  }

  /** The loan by which somebody votes has another end now; his go has it, too. */
  public void lentAgain(Role role, String who, String remark, Instant until) {
    votes.computeIfPresent(
        role,
        (_, vote) -> vote.ends() != null && vote.isBy(who) ? vote.lentAgain(remark, until) : vote);
  }

  public void held(Instant since) {
    if (heldSince == null) {
      heldSince = since;
    }
  }

  /** Longer than its limit, and every go is void. */
  public List<String> resumed(Instant now) {
    List<String> lines = look(now);
    heldSince = null;
    return lines;
  }

  /** Drops what does not count any more. */
  public List<String> look(Instant now) {
    if (isHeldTooLong(now)) {
      return voidAll("held for longer than " + Durations.text(voting.heldVoids()));
    }
    List<String> lines = new ArrayList<>();
    votes.values().stream()
        .filter(vote -> !counts(vote, now))
        .toList()
        .forEach(vote -> {
          votes.remove(vote.role());
          lines.add(vote.sentence() + " is void: " + vote.isOver(voting.voteLife()));
        });
    if (!lines.isEmpty()) {
      dropCommander(lines, "it rested on a vote that is void");
    }
    return lines;
  }

  /** When {@link #look} will find something next. */
  public Optional<Instant> nextLook() {
    Stream<Instant> expiries = votes.values().stream().filter(Vote::go).map(this::expiry);
    Stream<Instant> hold =
        heldSince == null || votes.values().stream().noneMatch(Vote::go)
            ? Stream.empty()
            : Stream.of(heldSince.plus(voting.heldVoids()));
    return Stream.concat(expiries, hold).min(Instant::compareTo);
  }

  /** Every required role says go, now, of this launch, and nobody holds it. */
  public boolean passes(Instant now) {
    return heldSince == null && missing(now).isEmpty() && others(null, now) >= voting.others();
  }

  /** The first role that says no-go, in the order of the roll call, without the commander. */
  public Optional<Vote> veto() {
    return required.stream()
        .filter(role -> role != Role.COMMANDER)
        .flatMap(role -> Stream.ofNullable(votes.get(role)))
        .filter(vote -> !vote.go())
        .findFirst();
  }

  /** By the commander. */
  public Optional<Vote> calledOff() {
    return Optional.ofNullable(votes.get(Role.COMMANDER)).filter(vote -> !vote.go());
  }

  /** A no-go stays: nothing that changes makes it a go. */
  private List<String> voidAll(String why) {
    List<String> lines =
        votes.values().stream()
            .filter(Vote::go)
            .map(vote -> vote.sentence() + " is void: " + why)
            .toList();
    votes.values().removeIf(Vote::go);
    return lines;
  }

  private void dropCommander(List<String> lines, String why) {
    Vote last = votes.get(Role.COMMANDER);
    if (last != null && last.go()) {
      votes.remove(Role.COMMANDER);
      lines.add(last.sentence() + " is void: " + why);
    }
  }

  private boolean counts(Vote vote, Instant now) {
    return vote.counts(now, voting.voteLife()) && !(vote.go() && isHeldTooLong(now));
  }

  private boolean isHeldTooLong(Instant now) {
    return heldSince != null && now.isAfter(heldSince.plus(voting.heldVoids()));
  }

  private Optional<String> otherSeal(Ballot ballot) {
    if (ballot.seal() == null || ballot.seal().equals(seal.digest())) {
      return Optional.empty();
    }
    Seal seen = seals.get(ballot.seal());
    return Optional.of(
        seen == null
            ? "the vote is about another launch, sealed %s; this one is sealed %s"
                .formatted(ballot.seal(), seal.digest())
            : "%s changed since: look again, the launch is sealed %s now"
                .formatted(String.join(", ", seen.difference(seal)), seal.digest()));
  }

  private Optional<String> heldTooLong(Instant now) {
    return isHeldTooLong(now)
        ? Optional.of(
            "the launch is held for longer than %s: resume it, then vote"
                .formatted(Durations.text(voting.heldVoids())))
        : Optional.empty();
  }

  private Optional<String> twoRoles(Ballot ballot, Instant now) {
    return voting.roleSharing()
        ? Optional.empty()
        : required.stream()
            .filter(role -> role != ballot.role())
            .flatMap(role -> vote(role, now).stream())
            .filter(vote -> vote.isBy(ballot.who()))
            .findFirst()
            .map(vote ->
                "%s has voted as %s already: another person votes as %s"
                    .formatted(ballot.who(), vote.role(), ballot.role()));
  }

  private Optional<String> tooEarly(Ballot ballot, Instant now) {
    if (ballot.role() != Role.COMMANDER) {
      return Optional.empty();
    }
    List<Role> missing = missing(now).stream().filter(role -> role != Role.COMMANDER).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the commander is last: the go of %s is missing".formatted(listed(missing)));
  }

  private Optional<String> alone(Ballot ballot, Instant now) {
    return ballot.role() == Role.COMMANDER && others(ballot.who(), now) < voting.others()
        ? Optional.of(
            "%s began this launch and does not decide alone: at least %d other must say go"
                .formatted(initiator, voting.others()))
        : Optional.empty();
  }

  /** People who say go and did not begin the launch. */
  private long others(@Nullable String commander, Instant now) {
    return Stream.concat(
            required.stream()
                .flatMap(role -> vote(role, now).stream())
                .filter(Vote::go)
                .map(Vote::who),
            Stream.ofNullable(commander))
        .map(who -> who.strip().toLowerCase(Locale.ROOT))
        .filter(who -> !who.equals(initiator.strip().toLowerCase(Locale.ROOT)))
        .distinct()
        .count();
  }

  private static String listed(Collection<Role> roles) {
    return roles.stream().map(Role::word).collect(Collectors.joining(", "));
  }
}
