package dev.liftoff.notify;

import static dev.liftoff.notify.ChannelKind.CARD;
import static dev.liftoff.notify.ChannelKind.EMAIL;
import static dev.liftoff.notify.ChannelKind.EVENTS;
import static dev.liftoff.notify.ChannelKind.GRAPHS;
import static dev.liftoff.notify.ChannelKind.PAGER;
import static dev.liftoff.notify.ChannelKind.SLACK;
import static dev.liftoff.notify.ChannelKind.STATUS_PAGE;
import static dev.liftoff.notify.ChannelKind.WEBHOOK;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.liftoff.Word;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Why people are told, and who is told by default: the rows of the table of milestones and
 * channels. A plan may route each of them otherwise.
 */
public enum Occasion {
  /** Preflight has passed: it begins. */
  STARTING(SLACK, CARD, EMAIL, PAGER, GRAPHS, EVENTS),
  /** The maintenance notice. */
  NOTICE(SLACK, CARD, STATUS_PAGE),
  /** The backup is proven; nothing else should change from here on. */
  FREEZE(SLACK, CARD),
  /** A gate is open. */
  POLL(SLACK, CARD),
  /** A gate closes soon, or has closed without a decision. */
  REMINDER(SLACK),
  /** T+0: all traffic has moved. */
  TRAFFIC(SLACK, CARD, STATUS_PAGE, PAGER, GRAPHS, EVENTS),
  /** A look after T+0 was good. */
  VALIDATED(SLACK, CARD),
  /** On-call takes over. */
  HAND_OVER(SLACK, CARD, STATUS_PAGE, EMAIL, GRAPHS, EVENTS),
  /** The review of a day, or of two. */
  REVIEW(SLACK, CARD, EMAIL),
  /** The old version is given up. */
  SETTLED(SLACK, CARD, PAGER),
  RETROSPECTIVE(SLACK, CARD),
  /** The clock has stopped. */
  HELD(SLACK, CARD, GRAPHS),
  RESUMED(SLACK, CARD, GRAPHS),
  /** The launch asks the commander something. */
  ASKING(SLACK, CARD, GRAPHS),
  /** The guard sees nothing. */
  BLIND(SLACK, CARD),
  /** It cannot go on without a person. */
  NEEDS_HUMAN(SLACK, CARD, PAGER),
  /** The way back runs, after traffic had moved. */
  ROLLING_BACK(SLACK, CARD, STATUS_PAGE, EMAIL, PAGER, GRAPHS, EVENTS),
  /** The way back runs, before traffic had moved. */
  CALLED_OFF(SLACK, CARD),
  /** The old version serves again, and nothing is left behind. */
  ROLLED_BACK(SLACK, CARD, STATUS_PAGE, EMAIL, PAGER, GRAPHS, EVENTS),
  /** It went back, but something was left behind: no channel may call that resolved. */
  LEFT_BEHIND(SLACK, CARD, EMAIL, GRAPHS, EVENTS),
  SCRUBBED(SLACK, CARD, STATUS_PAGE, EMAIL, EVENTS),
  CANCELLED(SLACK, CARD, STATUS_PAGE, EMAIL, EVENTS),
  LAUNCHED(SLACK, CARD, EVENTS),
  /** Nobody could be paged: those who are there are told instead. */
  ESCALATED(SLACK, EMAIL),
  /** Somebody tries a channel; no launch tells it. */
  TEST(SLACK, CARD, EMAIL, PAGER, GRAPHS, EVENTS),
  /** Whatever has no row of its own. */
  OTHER(SLACK, CARD);

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, made in the constructor
  private final Set<ChannelKind> usual;

  Occasion(ChannelKind... usual) {
    Set<ChannelKind> kinds = EnumSet.of(WEBHOOK, usual);
    this.usual = Collections.unmodifiableSet(kinds);
  }

  /** Whether somebody must be woken by it. */
  public boolean pages() {
    return this == ROLLING_BACK || this == NEEDS_HUMAN;
  }

  /**
   * Whether nobody can mute it: what wakes people, what lets them sleep again, and what is told
   * where nobody could be woken.
   */
  public boolean isNeverMutedOn(ChannelKind kind) {
    return this == ESCALATED
        || (kind == PAGER && (pages() || this == ROLLED_BACK || this == SETTLED));
  }

  /** The channels that hear of it where the plan says nothing else. */
  public Set<ChannelKind> usual() {
    return usual;
  }

  /** The name in plans, keys and histories, such as {@code hand-over}. */
  @JsonValue
  public String word() {
    return Word.of(this);
  }

  /**
   * Reads {@link #word}.
   *
   * @throws IllegalArgumentException naming all words when it is none of them
   */
  public static Occasion of(String word) {
    return Word.read(Occasion.class, word);
  }

  /** What a newer worker has added is no reason not to tell it. */
  @JsonCreator
  static Occasion known(String word) {
    return Arrays.stream(values())
        .filter(occasion -> occasion.word().equals(word))
        .findFirst()
        .orElse(OTHER);
  }

  @Override
  public String toString() {
    return word();
  }
}
