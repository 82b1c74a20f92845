package dev.liftoff.board;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.missing;
import static dev.liftoff.Refusals.when;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Loan;
import dev.liftoff.plan.Durations;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Roles that people of this launch have lent each other. */
public final class Loans {
  /** Instead of an instant: it is taken back. */
  static final String BACK = "now";

  private static final int MOST = 20;

  private final Runnable changed;
  private final List<Loan> loans = new ArrayList<>();

  Loans(Runnable changed) {
    this.changed = changed;
  }

  List<Loan> open(Instant now) {
    return loans.stream().filter(loan -> loan.isOpen(now)).toList();
  }

  /** By which somebody may act in a role that may not be his own. */
  public @Nullable Loan of(@Nullable String who, @Nullable String role, Instant now) {
    return open(now).stream()
        .filter(loan -> loan.isTo(String.valueOf(who), String.valueOf(role)))
        .findFirst()
        .orElse(null);
  }

  public Optional<String> refusal(Command command, Instant now) {
    Loan held = of(command.who(), command.role(), now);
    return firstOf(
        missing("to", command.to()),
        missing("until", command.until()),
        when(
            held != null,
            "%s acts as %s %s: what is lent cannot be lent on"
                .formatted(command.who(), command.role(), held == null ? "" : held.remark())),
        isBack(command) ? notLent(command, now) : until(command, now));
  }

  /**
   * After {@link #refusal} found nothing.
   *
   * @param key of whoever lends, by its id; null where he is not verified
   */
  public String take(Command command, @Nullable String key, Instant now) {
    Role role = Role.of(String.valueOf(command.role()));
    String from = String.valueOf(command.who());
    String to = String.valueOf(command.to());
    loans.removeIf(loan -> !loan.isOpen(now) || loan.isTo(to, role.word()));
    changed.run();
    if (isBack(command)) {
      return "%s is not %s for %s any more".formatted(to, role, from);
    }
    loans.add(
        new Loan(
            role,
            from,
            key,
            to,
            Instant.parse(String.valueOf(command.until())).truncatedTo(ChronoUnit.SECONDS)));
    return loans.getLast().toString();
  }

  /** The one that was given last, which is still open. */
  public Loan newest() {
    return loans.getLast();
  }

  public static boolean isBack(Command command) {
    return BACK.equals(command.until());
  }

  private Optional<String> notLent(Command command, Instant now) {
    Loan lent = of(command.to(), command.role(), now);
    return when(
        lent == null || !lent.isFrom(String.valueOf(command.who())),
        "%s has not lent %s to %s".formatted(command.who(), command.role(), command.to()));
  }

  private Optional<String> until(Command command, Instant now) {
    Instant until;
    try {
      until = Instant.parse(String.valueOf(command.until()));
    } catch (DateTimeParseException wrong) {
      return Optional.of(
          "until must be an instant such as %s, or %s to take it back, was '%s'"
              .formatted(
                  now.plus(Loan.LONGEST).truncatedTo(ChronoUnit.MINUTES), BACK, command.until()));
    }
    Loan before = of(command.to(), command.role(), now);
    return firstOf(
        when(!until.isAfter(now), "until must be later than now, was " + until),
        when(
            until.isAfter(now.plus(Loan.LONGEST)),
            "a role is lent for %s at most, until %s, was %s"
                .formatted(Durations.text(Loan.LONGEST), now.plus(Loan.LONGEST), until)),
        when(
            String.valueOf(command.who()).equalsIgnoreCase(String.valueOf(command.to())),
            command.who() + " has the role already"),
        when(
            before != null && !before.isFrom(String.valueOf(command.who())),
            "%s already".formatted(before)),
        when(open(now).size() >= MOST, "%d roles are lent: take one back".formatted(MOST)));
  }
}
