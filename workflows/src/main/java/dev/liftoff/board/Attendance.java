package dev.liftoff.board;

import static dev.liftoff.Refusals.firstOf;
import static dev.liftoff.Refusals.when;

import dev.liftoff.Milestone;
import dev.liftoff.Waits;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Role;
import dev.liftoff.plan.BriefingSpec;
import dev.liftoff.status.Team.Present;
import dev.liftoff.status.Team.RollCall;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who said to be here. It counts from readiness until the briefing is over. */
public final class Attendance {
  private final @Nullable BriefingSpec spec;
  private final Runnable changed;
  private final List<Present> present = new ArrayList<>();
  private @Nullable Instant until;
  private boolean over;

  Attendance(@Nullable BriefingSpec spec, Runnable changed) {
    this.spec = spec;
    this.changed = changed;
  }

  public void open(Instant closes) {
    until = closes;
    changed.run();
  }

  public void close() {
    over = true;
    changed.run();
  }

  /** The roll-call has begun, and is not over. */
  public boolean isOpen() {
    return until != null && !over;
  }

  public List<Role> missing() {
    return spec == null ? List.of() : spec.roles().stream().filter(this::isMissing).toList();
  }

  public List<Role> missingRequired() {
    return spec == null
        ? List.of()
        : spec.required().stream().filter(this::isMissing).sorted().toList();
  }

  /** The same person in the same role says it again. */
  public boolean knows(Command command) {
    return present.stream()
        .anyMatch(
            one -> one.who().equals(command.who()) && one.role().word().equals(command.role()));
  }

  public Optional<String> refusal(Command command, @Nullable Milestone reached) {
    return firstOf(
        when(spec == null, "the plan has no briefing: nobody is asked to be present"),
        when(reached == null, "it is too early: the launch has not reached readiness"),
        when(over && !knows(command), "the briefing is over; write a note instead"));
  }

  /** After {@link #refusal} found nothing. */
  public String take(Command command) {
    if (!knows(command)) {
      present.add(
          new Present(
              Role.of(String.valueOf(command.role())), String.valueOf(command.who()), Waits.now()));
    }
    Present known =
        present.stream()
            .filter(
                one -> one.who().equals(command.who()) && one.role().word().equals(command.role()))
            .findFirst()
            .orElseThrow();
    changed.run();
    return "you are here as %s since %s; %s"
        .formatted(
            known.role(),
            known.since().truncatedTo(ChronoUnit.SECONDS),
            missing().isEmpty() ? "nobody is missing" : "missing: " + missing());
  }

  public @Nullable RollCall status() {
    return spec == null
        ? null
        : new RollCall(present, missing(), spec.required().stream().sorted().toList(), until, over);
  }

  /** Such as {@code here: commander ann; missing: on-call}; null while nobody was asked. */
  public @Nullable String whoIsWho() {
    RollCall status = status();
    return status == null || (until == null && present.isEmpty()) ? null : status.sentence();
  }

  /** These roles, with who said to have them, such as {@code database dora, monitoring}. */
  public String named(List<Role> roles) {
    return roles.stream().map(this::named).collect(Collectors.joining(", "));
  }

  private String named(Role role) {
    List<String> names =
        present.stream().filter(one -> one.role() == role).map(Present::who).toList();
    return names.isEmpty() ? role.word() : role + " " + String.join(" and ", names);
  }

  private boolean isMissing(Role role) {
    return present.stream().noneMatch(one -> one.role() == role);
  }
}
