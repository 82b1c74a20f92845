package dev.liftoff.control;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.when;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.Verb;
import dev.liftoff.Waits;
import dev.liftoff.board.Board;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Role;
import dev.liftoff.gate.Texts;
import dev.liftoff.notify.Announcement.Severity;
import dev.liftoff.notify.Occasion;
import dev.liftoff.people.Policy;
import dev.liftoff.plan.Amendable;
import dev.liftoff.plan.Amendment;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.PlanChange;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanInForce;
import dev.liftoff.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes the plan of a launch that runs: all that is asked for, or nothing. */
final class Amending {
  /** A line of the timeline is read by people; the plan itself can be queried. */
  private static final int MOST_LINES = 20;

  private static final int LONGEST_LINE = 200;
  private static final String NOTHING_CHANGED = "; nothing was changed:";

  private final PlanInForce plan;
  private final Board board;
  private final Announcer announcer;

  Amending(PlanInForce plan, Board board, Announcer announcer) {
    this.plan = plan;
    this.board = board;
    this.announcer = announcer;
  }

  /** How often it was done. */
  int count() {
    return plan.amendments().size();
  }

  String digest() {
    return plan.digest();
  }

  /** Why votes for the plan of before do not count. */
  String why() {
    return plan.amendments().isEmpty()
        ? "the plan changed"
        : "the plan changed: " + String.join(", ", plan.amendments().getLast().changes());
  }

  Optional<String> refusal(Command command, Callers callers) {
    JsonNode typed = command.plan();
    return firstOf(
        when(
            command.launch() == null,
            "launch is missing: name the launch that you amend, " + board.id()),
        when(!callers.hasBegun(), "the launch is just beginning: say it again"),
        notYours(command.role(), callers.policy()),
        typed == null
            ? Optional.of("plan is missing: the whole plan as it should be, as JSON")
            : content(typed, command.seen()));
  }

  /** Said a second time, or the same in other words. */
  boolean isInForce(Command command) {
    JsonNode typed = command.plan();
    return typed != null && isInForce(typed);
  }

  /** Two people who amend together mean the same plan. */
  @Nullable String digestOf(Command command) {
    JsonNode typed = command.plan();
    return typed == null ? null : new PlanDocument(typed).digest();
  }

  /** The line of the timeline, before it is done. */
  String said(Command command, String why) {
    return "amend%s; %s; plan %s -> %s"
        .formatted(why, String.join(", ", changes(command)), plan.digest(), digestOf(command));
  }

  /** After {@link #refusal} found nothing. */
  String take(Command command) {
    JsonNode typed = command.plan();
    if (typed == null || isInForce(typed)) {
      return "nothing changes: the plan in force says the same, " + plan.digest();
    }
    PlanDocument document = new PlanDocument(typed);
    Amendment amendment = amendment(command, document);
    plan.amend(asked(typed).plan(), document, amendment);
    announcer.announce(
        Occasion.OTHER,
        Severity.INFORMATION,
        "PLAN AMENDED",
        Stream.concat(
                Stream.of(
                    "%s (%s): %s".formatted(amendment.who(), command.role(), reason(command))),
                amendment.changes().stream())
            .toList());
    return "the plan is amended, %s in force; votes that were cast before are void"
        .formatted(plan.digest());
  }

  private Amendment amendment(Command command, PlanDocument document) {
    return new Amendment(
        Waits.now(),
        String.valueOf(command.who()),
        String.valueOf(command.role()),
        reason(command),
        plan.digest(),
        document.digest(),
        changes(command));
  }

  private static String reason(Command command) {
    return String.valueOf(command.reason());
  }

  private Optional<String> content(JsonNode typed, @Nullable String seen) {
    if (isInForce(typed)) {
      return Optional.empty();
    }
    return firstOf(
        when(
            seen == null,
            "seen is missing: the digest of the plan that you changed; in force is " + digest()),
        when(seen != null && !seen.equals(digest()), stale(String.valueOf(seen))),
        impossible(typed));
  }

  /** Two people amend the same plan: the second one would undo what the first one did. */
  private String stale(String seen) {
    return "the plan in force is %s and not %s%s: query it, and change that one"
        .formatted(
            digest(),
            seen,
            count() == 0 ? "" : ", it was amended " + Texts.cut(last().sentence(), LONGEST_LINE));
  }

  private Amendment last() {
    return plan.amendments().getLast();
  }

  private Optional<String> impossible(JsonNode typed) {
    try {
      List<String> refused = compared(typed).refused();
      return when(
          !refused.isEmpty(), lines("the plan cannot be amended so" + NOTHING_CHANGED, refused));
    } catch (InvalidPlan invalid) {
      return Optional.of(
          lines(
              "the plan is not valid" + NOTHING_CHANGED,
              invalid.problems().stream().map(Problem::toString).toList()));
    }
  }

  private boolean isInForce(JsonNode typed) {
    if (new PlanDocument(typed).digest().equals(digest())) {
      return true;
    }
    try {
      return compared(typed).plan().equals(plan.now());
    } catch (InvalidPlan invalid) {
      return false;
    }
  }

  private List<String> changes(Command command) {
    JsonNode typed = command.plan();
    return typed == null
        ? List.of()
        : cut(asked(typed).changes().stream().map(PlanChange::toString).toList());
  }

  private Amendable.Asked asked(JsonNode typed) {
    try {
      return compared(typed);
    } catch (InvalidPlan invalid) {
      throw new IllegalStateException(invalid);
    }
  }

  private Amendable.Asked compared(JsonNode typed) throws InvalidPlan {
    return Amendable.of(plan.now(), plan.document(), typed, progress());
  }

  private Amendable.Progress progress() {
    return new Amendable.Progress(board.milestone(), board.traffic.begun(), board.traffic.asked());
  }

  /** Where the worker's table is of a time before there was this verb, nobody else may. */
  private static Optional<String> notYours(@Nullable String role, Policy policy) {
    return when(
        !policy.may().containsKey(Verb.AMEND.toString()) && !Role.COMMANDER.word().equals(role),
        "amend is for commander, not for " + role);
  }

  private static String lines(String title, List<String> lines) {
    return Stream.concat(Stream.of(title), cut(lines).stream()).collect(Collectors.joining("\n  "));
  }

  private static List<String> cut(List<String> lines) {
    List<String> shown = new ArrayList<>();
    lines.stream()
        .limit(MOST_LINES)
        .map(line -> Texts.cut(Texts.clean(line), 2 * LONGEST_LINE))
        .forEach(shown::add);
    if (lines.size() > MOST_LINES) {
      shown.add("and %d more".formatted(lines.size() - MOST_LINES));
    }
    return shown;
  }
}
