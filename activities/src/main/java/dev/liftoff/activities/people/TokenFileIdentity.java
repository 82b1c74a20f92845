package dev.liftoff.activities.people;

import dev.liftoff.LaunchId;
import dev.liftoff.gate.Proof;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Claim;
import dev.liftoff.people.Identity;
import dev.liftoff.people.Loan;
import dev.liftoff.people.Person;
import dev.liftoff.people.Policy;
import dev.liftoff.people.Signatures;
import dev.liftoff.people.SignedText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * People by a file of public keys: each signs with a token that never leaves his machine. Nothing
 * in the file can sign, and who is taken out of it is unknown from the next message on.
 */
public final class TokenFileIdentity implements Identity {
  public static final String KIND = "token";

  /** Clocks of two machines may differ by so much. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** A message that was caught on its way is worth nothing soon. */
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

  private final PeopleSettings settings;
  private final Clock clock;
  private final @Nullable PeopleFile file;

  public TokenFileIdentity(PeopleSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.file = settings.file() == null ? null : new PeopleFile(settings.file());
  }

  @Override
  public Policy policy(LaunchId launch) {
    return settings.policy(warning()).knowing(keys());
  }

  /** By which a launch sees at once that a signature is of nobody; null when it cannot. */
  private @Nullable Map<String, String> keys() {
    try {
      return file == null
          ? null
          : file.people().stream()
              .collect(Collectors.toMap(Person::id, Person::key, (first, _) -> first));
    } catch (UnusableFile unusable) {
      return null;
    }
  }

  /** What whoever decides must know of those who decide; null when there is nothing. */
  public @Nullable String warning() {
    if (file == null) {
      return "NOBODY IS VERIFIED: there is no file of people (liftoff.people.token-file.file), so whoever reaches Temporal can be anybody";
    }
    try {
      file.people();
      return settings.acceptsAll()
          ? "NOT EVERYBODY IS VERIFIED: who shows no proof is taken for whom he says"
          : null;
    } catch (UnusableFile unusable) {
      return "NOBODY IS VERIFIED: " + unusable.getMessage();
    }
  }

  @Override
  public Caller verify(LaunchId launch, Claim claim) {
    try {
      return verified(claim);
    } catch (Unproven | UnusableFile wrong) {
      return Caller.unverified(claim.who(), String.valueOf(wrong.getMessage()));
    }
  }

  private Caller verified(Claim claim) throws Unproven, UnusableFile {
    Proof proof = claim.proof();
    if (file == null) {
      throw new Unproven("the worker has no file of people to check a proof with");
    }
    form(proof);
    life(proof);
    Person person = person(file, proof);
    Loan loan = fits(file, person, claim);
    if (!Signatures.fits(person.key(), claim.text(), String.valueOf(proof.signature()))) {
      throw new Unproven("the signature does not fit the message");
    }
    return Caller.verified(person.name(), person.roles(), "by token " + person.id()).by(loan);
  }

  private static void form(Proof proof) throws Unproven {
    if (!KIND.equals(proof.kind())) {
      throw new Unproven(
          "a proof of kind '%s' cannot be checked here, only %s".formatted(proof.kind(), KIND));
    }
    if (!SignedText.VERSION.equals(proof.v())) {
      throw new Unproven(
          "a proof of version '%s' cannot be checked here, only %s"
              .formatted(proof.v(), SignedText.VERSION));
    }
  }

  private void life(Proof proof) throws Unproven {
    Instant issued = instant("issuedAt", proof.issuedAt());
    Instant expires = instant("expires", proof.expires());
    Instant now = clock.instant();
    if (issued.isAfter(now.plus(SKEW))) {
      throw new Unproven(
          "it was signed at %s and now is %s: set the clocks".formatted(issued, now));
    }
    if (!expires.isAfter(now)) {
      throw new Unproven("the proof was good until %s: sign it again".formatted(expires));
    }
    if (Duration.between(issued, expires).compareTo(LONGEST_LIFE) > 0) {
      throw new Unproven("a proof may be good for 15m, not until " + expires);
    }
  }

  private static Instant instant(String field, @Nullable String text) throws Unproven {
    try {
      return Instant.parse(String.valueOf(text));
    } catch (DateTimeParseException wrong) {
      throw new Unproven(
          "%s of the proof must be an instant, was '%s'".formatted(field, text), wrong);
    }
  }

  private static Person person(PeopleFile file, Proof proof) throws Unproven, UnusableFile {
    Optional<Person> known =
        file.people().stream()
            .filter(person -> Objects.equals(person.id(), proof.id()))
            .findFirst();
    if (known.isEmpty()) {
      throw new Unproven("nobody has the key %s: revoked, or never added".formatted(proof.id()));
    }
    return known.get();
  }

  /** The loan by which this person has the role; null where it is his own. */
  private @Nullable Loan fits(PeopleFile file, Person person, Claim claim)
      throws Unproven, UnusableFile {
    if (!person.expires().isAfter(clock.instant())) {
      throw new Unproven(
          "the token of %s is over since %s".formatted(person.name(), person.expires()));
    }
    if (!person.name().equals(claim.who())) {
      throw new Unproven("the token is of %s, not of %s".formatted(person.name(), claim.who()));
    }
    if (person.roles().stream().anyMatch(role -> role.word().equals(claim.role()))) {
      return null;
    }
    Loan loan = claim.loan();
    if (loan == null || !loan.isTo(person.name(), claim.role())) {
      throw new Unproven(
          "%s is %s, not %s".formatted(person.name(), person.listed(), claim.role()));
    }
    lent(file, loan);
    return loan;
  }

  /** Whoever lent it must be able to do what he lent, now. */
  private void lent(PeopleFile file, Loan loan) throws Unproven, UnusableFile {
    Instant now = clock.instant();
    if (!loan.isOpen(now)) {
      throw new Unproven("%s was lent until %s".formatted(loan.role(), loan.until()));
    }
    boolean still =
        file.people().stream()
            .anyMatch(person ->
                person.id().equals(loan.key())
                    && person.name().equals(loan.from())
                    && person.expires().isAfter(now)
                    && person.roles().contains(loan.role()));
    if (!still) {
      throw new Unproven(
          "%s, who lent the role, is not %s by a key that counts: revoked, over, or never verified"
              .formatted(loan.from(), loan.role()));
    }
  }
}
