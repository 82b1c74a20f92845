package dev.liftoff.checklist;

import dev.liftoff.checklist.ItemState.Deviation;
import dev.liftoff.checklist.ItemState.Expired;
import dev.liftoff.checklist.ItemState.Failed;
import dev.liftoff.checklist.ItemState.NotApplicable;
import dev.liftoff.checklist.ItemState.Passed;
import dev.liftoff.checklist.ItemState.Pending;
import dev.liftoff.probe.ProbeResult;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An item and what was answered to it. The methods are the only legal transitions; one that is not
 * legal throws an {@link IllegalArgumentException} with the sentence to tell.
 *
 * @param machine what was measured last
 * @param person what a person said last
 */
public record Entry(ChecklistItem item, ItemState machine, ItemState person) {
  static final String MACHINE = "liftoff";
  private static final Pending UNANSWERED = new Pending("nobody has answered");
  private static final Pending UNMEASURED = new Pending("not measured yet");

  /** As it stands before anybody looked. */
  public static Entry of(ChecklistItem item) {
    return new Entry(item, UNMEASURED, UNANSWERED);
  }

  /** An item of both passes only when the machine's result passes and a person confirmed it. */
  public ItemState state(Instant now) {
    return switch (person) {
      case NotApplicable none -> none;
      case Deviation deviation -> unlessOver(deviation, now);
      case Pending _, Passed _, Failed _, Expired _ -> answered(now);
    };
  }

  /** The next moment at which it expires by itself. */
  Optional<Instant> expires(Instant now) {
    Stream<Instant> moments =
        switch (person) {
          case NotApplicable _ -> Stream.of();
          case Deviation deviation -> Stream.of(deviation.expires());
          case Pending _, Passed _, Failed _, Expired _ ->
              Stream.of(machine, person).flatMap(this::end);
        };
    return moments.filter(moment -> moment.isAfter(now)).min(Instant::compareTo);
  }

  /** A confirmation counts for the result that was confirmed, not for a worse one after it. */
  Entry measured(ProbeResult result, Instant now) {
    ItemState found =
        switch (result.state()) {
          case PASS -> new Passed(result.value(), null, MACHINE, now);
          case FAIL ->
              new Failed(
                  result.limit().isEmpty()
                      ? result.value()
                      : result.value() + " (limit " + result.limit() + ")",
                  MACHINE,
                  now);
          case NO_DATA -> new Pending("not measured: " + result.value());
        };
    boolean confirmed = person instanceof Passed;
    return new Entry(item, found, confirmed && !(found instanceof Passed) ? UNANSWERED : person);
  }

  Entry notMeasured(String why) {
    return measured(ProbeResult.noData(item.id(), why, ""), Instant.EPOCH);
  }

  Entry pass(Person by, @Nullable String value, @Nullable String evidence, Instant now) {
    Authority.answers(item, by);
    return switch (item.kind()) {
      case AUTOMATIC ->
          throw new IllegalArgumentException("is measured: examine it again, or deviate");
      case BOTH -> confirm(by, evidence, now);
      case HUMAN -> {
        EvidenceRule.check(item, value, evidence);
        yield by(new Passed(String.valueOf(value), evidence, by.toString(), now));
      }
    };
  }

  Entry confirm(Person by, @Nullable String evidence, Instant now) {
    Authority.answers(item, by);
    if (item.kind() != ItemKind.BOTH) {
      throw new IllegalArgumentException(
          "has nothing to confirm: it is " + item.kind() + "; pass is for human items");
    }
    if (!(fresh(machine, now) instanceof Passed measured)) {
      throw new IllegalArgumentException(
          "cannot be confirmed: " + fresh(machine, now).sentence() + "; examine it again");
    }
    EvidenceRule.check(item, measured.value(), evidence);
    return by(new Passed(measured.value(), evidence, by.toString(), now));
  }

  Entry fail(Person by, @Nullable String reason, Instant now) {
    Authority.answers(item, by);
    if (item.kind() == ItemKind.AUTOMATIC) {
      throw new IllegalArgumentException("is measured: examine it again");
    }
    return by(new Failed(needed(reason, "reason"), by.toString(), now));
  }

  Entry deviate(
      Person by,
      @Nullable String reason,
      @Nullable String owner,
      @Nullable Instant until,
      Instant now) {
    Authority.waives(item, by);
    if (until == null) {
      throw new IllegalArgumentException(
          "until is missing: a deviation ends, say when, such as 2026-11-22T20:00:00Z or 7d");
    }
    if (!until.isAfter(now)) {
      throw new IllegalArgumentException("until must be in the future, was " + until);
    }
    return by(
        new Deviation(needed(reason, "reason"), needed(owner, "owner"), until, by, null, now));
  }

  Entry notApplicable(Person by, @Nullable String reason, Instant now) {
    Authority.waives(item, by);
    return by(new NotApplicable(needed(reason, "reason"), by, null, now));
  }

  /** The second person's word for a deviation, or for an item that is said not to apply. */
  Entry approve(Person by) {
    return switch (person) {
      case Deviation asked -> {
        Authority.approves(item, asked.requestedBy(), by);
        yield by(
            new Deviation(
                asked.reason(),
                asked.owner(),
                asked.expires(),
                asked.requestedBy(),
                by,
                asked.at()));
      }
      case NotApplicable said -> {
        Authority.approves(item, said.by(), by);
        yield by(new NotApplicable(said.reason(), said.by(), by, said.at()));
      }
      case Pending _, Passed _, Failed _, Expired _ ->
          throw new IllegalArgumentException(
              "has nothing to approve: no deviation was asked for, and it is not said not to apply");
    };
  }

  private Entry by(ItemState said) {
    return new Entry(item, machine, said);
  }

  private static ItemState unlessOver(Deviation deviation, Instant now) {
    return now.isBefore(deviation.expires())
        ? deviation
        : new Expired(
            "the deviation that " + deviation.owner() + " sees to has ended", deviation.expires());
  }

  private ItemState answered(Instant now) {
    return switch (item.kind()) {
      case AUTOMATIC -> fresh(machine, now);
      case HUMAN -> fresh(person, now);
      case BOTH -> both(fresh(machine, now), fresh(person, now));
    };
  }

  private static ItemState both(ItemState measured, ItemState said) {
    if (said instanceof Failed || !(measured instanceof Passed found)) {
      return said instanceof Failed ? said : measured;
    }
    return switch (said) {
      case Passed confirmed ->
          new Passed(
              found.value(),
              confirmed.evidence(),
              confirmed.by(),
              found.at().isBefore(confirmed.at()) ? found.at() : confirmed.at());
      case Pending _ -> new Pending("measured: " + found.value() + "; a person confirms it");
      case Failed _, Deviation _, NotApplicable _, Expired _ -> said;
    };
  }

  private ItemState fresh(ItemState state, Instant now) {
    return end(state)
        .filter(end -> !now.isBefore(end))
        .<ItemState>map(end -> new Expired("its answer counted until " + end, end))
        .findFirst()
        .orElse(state);
  }

  private Stream<Instant> end(ItemState state) {
    return state instanceof Passed passed
        ? Stream.of(passed.at().plus(item.validFor()))
        : Stream.of();
  }

  private static String needed(@Nullable String text, String field) {
    if (text == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return text;
  }
}
