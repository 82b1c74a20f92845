package dev.liftoff.checklist;

import dev.liftoff.gate.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who has signed off: one word of each role, the latest. */
final class SignOffs {
  private final List<Role> needed;
  private final Duration life;
  private final Map<Role, SignOff> given = new EnumMap<>(Role.class);

  SignOffs(List<Role> needed, Duration life, List<SignOff> given) {
    this.needed = List.copyOf(needed);
    this.life = life;
    given.forEach(one -> this.given.put(one.role(), one));
  }

  /** One person signs for one role: four roles are four people. */
  SignOff give(Person by, String remark, Instant now) {
    if (!needed.contains(by.role())) {
      throw new IllegalArgumentException(
          "signed off by " + needed + ", not by " + by.role() + ": it is not asked for");
    }
    given.values().stream()
        .filter(one -> one.counts(now) && one.role() != by.role())
        .filter(one -> by.isSame(one.who(), one.key()))
        .findFirst()
        .ifPresent(one -> {
          throw new IllegalArgumentException(
              by.knownAs(one.who())
                  + " has signed off as "
                  + one.role()
                  + ": each role is another person");
        });
    SignOff signed =
        new SignOff(by.role(), by.who(), by.key(), by.remark(), remark, now, now.plus(life), null);
    given.put(by.role(), signed);
    return signed;
  }

  /** What somebody signed is not what is there now. */
  void voidOf(Role role, String why) {
    given.computeIfPresent(role, (_, signed) -> signed.voided(why));
  }

  void voidAll(String why) {
    given.replaceAll((_, signed) -> signed.voided(why));
  }

  List<Role> missing(Instant now) {
    return needed.stream().filter(role -> !counts(role, now)).toList();
  }

  List<SignOff> given() {
    return List.copyOf(given.values());
  }

  Optional<Instant> expires(Instant now) {
    return given.values().stream()
        .filter(one -> one.counts(now))
        .map(SignOff::expires)
        .min(Instant::compareTo);
  }

  List<String> lines(Instant now) {
    List<String> lines = new ArrayList<>();
    for (Role role : needed) {
      SignOff signed = given.get(role);
      lines.add(signed == null ? role + ": missing" : signed.sentence(now));
    }
    return lines;
  }

  private boolean counts(Role role, Instant now) {
    SignOff signed = given.get(role);
    return signed != null && signed.counts(now);
  }
}
