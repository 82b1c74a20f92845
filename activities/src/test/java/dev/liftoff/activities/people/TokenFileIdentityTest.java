package dev.liftoff.activities.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.Milestone;
import dev.liftoff.Verb;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Claim;
import dev.liftoff.people.Identity;
import dev.liftoff.people.IdentityContract;
import dev.liftoff.people.Person;
import dev.liftoff.people.SignedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileIdentityTest extends IdentityContract {
  private static final Instant NOW = Instant.parse("2026-11-20T14:00:00Z");

  @TempDir Path folder;

  private final Map<String, PrivateKey> tokens = new HashMap<>();
  private final List<Person> people = new ArrayList<>();

  @Override
  protected Identity identity() {
    return new TokenFileIdentity(settings(file(), null), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Override
  protected void knows(String name, Role... roles) {
    add(name, NOW.plus(Duration.ofDays(90)), roles);
  }

  @Override
  protected void revoke(String name) {
    people.removeIf(person -> person.name().equals(name));
    write();
  }

  @Override
  protected Proof proof(String name) {
    return new Proof(
        TokenFileIdentity.KIND,
        "1",
        people.stream()
            .filter(person -> person.name().equals(name))
            .map(Person::id)
            .findFirst()
            .orElse("none"),
        NOW.minusSeconds(1).toString(),
        NOW.plusSeconds(300).toString(),
        "n1",
        "");
  }

  @Override
  protected String signature(String name, String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(tokens.get(name));
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "kind=ssh | a proof of kind 'ssh' cannot be checked here, only token",
        "v=9 | a proof of version '9' cannot be checked here, only 1",
        "issuedAt=2026-11-20T14:02:00Z | it was signed at 2026-11-20T14:02:00Z and now is 2026-11-20T14:00:00Z: set the clocks",
        "issuedAt=soon | issuedAt of the proof must be an instant, was 'soon'",
        "expires=2026-11-20T13:59:59Z | the proof was good until 2026-11-20T13:59:59Z: sign it again",
        "expires=2026-11-20T15:00:00Z | a proof may be good for 15m, not until 2026-11-20T15:00:00Z",
        "id=0123 | nobody has the key 0123: revoked, or never added"
      })
  void whatIsWrongWithAProofIsSaidInOneSentence(String change, String sentence) {
    knows("ann", Role.COMMANDER);

    assertThat(verify("ann", "commander", changed(proof("ann"), change)).why()).isEqualTo(sentence);
  }

  @Test
  void aTokenThatIsOverIsNoProof() {
    add("ann", NOW.minusSeconds(1), Role.COMMANDER);

    assertThat(verify("ann", "commander", proof("ann")).why())
        .isEqualTo("the token of ann is over since 2026-11-20T13:59:59Z");
  }

  @Test
  void aFileThatOthersCanWriteVerifiesNobody() throws IOException {
    knows("ann", Role.COMMANDER);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));

    assertThat(verify("ann", "commander", proof("ann")).why())
        .isEqualTo(
            "the file of people %s can be written by others: chmod go-w %1$s".formatted(file()));
    assertThat(identity().policy(LAUNCH).warning()).startsWith("NOBODY IS VERIFIED: the file");
    assertThat(identity().policy(LAUNCH).acceptsUnverified("rollback")).isTrue();
    assertThat(identity().policy(LAUNCH).acceptsUnverified("migrate")).isFalse();
  }

  @Test
  void aFileThatIsNotThereOrIsBrokenVerifiesNobodyAndSaysWhy() throws IOException {
    assertThat(identity().policy(LAUNCH).warning()).contains("is not there");
    knows("ann", Role.COMMANDER);
    Files.writeString(file(), "ann king 2027-01-01T00:00:00Z AAAA\n");

    assertThat(verify("ann", "commander", proof("ann")).why())
        .contains("cannot be read: line 1: must be one of commander");
  }

  @Test
  void withoutAFileEverybodyIsTakenAndItIsSaidLoudly() {
    Identity open = new TokenFileIdentity(settings(null, null), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(open.policy(LAUNCH).warning()).startsWith("NOBODY IS VERIFIED");
    assertThat(open.policy(LAUNCH).acceptsUnverified("migrate")).isTrue();
  }

  @Test
  void aVerbCanBeMadeToNeedTwoPeopleAndOneThatMakesALaunchSaferCannot() {
    PeopleSettings settings = twoPersons("skip, promote");

    assertThat(settings.policy(null).needsTwo(Verb.PROMOTE)).isTrue();
    assertThat(settings.policy(null).needsTwo(Verb.RESUME)).isFalse();
    assertThat(twoPersons("none").policy(null).needsTwo(Verb.PROMOTE)).isFalse();
    assertThatThrownBy(() -> twoPersons("skip, rollback"))
        .hasMessage(
            "two-persons: rollback makes a launch safer and never waits for a second person");
  }

  private static PeopleSettings twoPersons(String verbs) {
    return new PeopleSettings(
        null, null, null, null, 1, false, Duration.ofHours(1), Duration.ofMinutes(30), verbs);
  }

  @Test
  void theTablesOfTheSettingsChangeTheStandardOnes() {
    PeopleSettings settings =
        new PeopleSettings(
            null,
            "hold, go-live",
            "rollback: commander, database\nnote: everybody",
            "migrate: database, commander",
            2,
            true,
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            null);

    assertThat(settings.policy(null).may().get("rollback"))
        .containsExactly(Role.COMMANDER, Role.DATABASE);
    assertThat(settings.policy(null).may().get("resume")).containsExactly(Role.COMMANDER);
    assertThat(settings.policy(null).poll(Milestone.MIGRATE))
        .containsExactly(Role.DATABASE, Role.COMMANDER);
    assertThat(settings.policy(null).acceptsUnverified("go-live")).isTrue();
    assertThat(settings.policy(null).acceptsUnverified("migrate")).isFalse();
  }

  @Test
  void withAFileTheChecklistIsForVerifiedCallersUnlessTheSettingsSayOtherwise() {
    knows("ann", Role.COMMANDER);

    assertThat(settings(file(), null).policy(null).unverified())
        .containsExactly("hold", "rollback", "note");
    assertThat(settings(file(), "checklist, sign-off").policy(null).unverified())
        .containsExactly("checklist", "sign-off");
    assertThat(settings(null, null).policy(null).acceptsUnverified("checklist")).isTrue();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "all, hold | - | - | unverified: neither checklist nor sign-off, no verb, and as a gate: must be one of readiness",
        "- | launch: commander | - | may: must be one of hold, resume",
        "- | hold: king | - | may: must be one of commander",
        "- | hold | - | may must have lines such as 'word: role, role', was 'hold'",
        "- | - | backup: commander | polls: backup has no gate",
      })
  void whoeverMistypesLearnsItAtTheStart(
      String unverified, String may, String polls, String sentence) {
    assertThatThrownBy(() ->
            new PeopleSettings(
                null, unverified, may, polls, 1, false, Duration.ZERO, Duration.ZERO, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(sentence);
  }

  private Caller verify(String who, String role, Proof proof) {
    Decision decision = new Decision(LAUNCH.toString(), "migrate", "go", who, role, "seen");
    String text = SignedText.of(LAUNCH, decision, proof);
    return identity()
        .verify(LAUNCH, new Claim(who, role, text, proof.signed(signature("ann", text))));
  }

  private static Proof changed(Proof proof, String change) {
    String[] parts = change.split("=", -1);
    String value = parts[1].strip();
    return switch (parts[0]) {
      case "kind" -> with(proof, value, proof.v(), proof.id(), proof.issuedAt(), proof.expires());
      case "v" -> with(proof, proof.kind(), value, proof.id(), proof.issuedAt(), proof.expires());
      case "id" -> with(proof, proof.kind(), proof.v(), value, proof.issuedAt(), proof.expires());
      case "issuedAt" -> with(proof, proof.kind(), proof.v(), proof.id(), value, proof.expires());
      default -> with(proof, proof.kind(), proof.v(), proof.id(), proof.issuedAt(), value);
    };
  }

  private static Proof with(
      Proof proof, String kind, String v, String id, String issued, String expires) {
    return new Proof(kind, v, id, issued, expires, proof.nonce(), proof.signature());
  }

  private void add(String name, Instant expires, Role... roles) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      tokens.put(name, pair.getPrivate());
      String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      people.add(new Person(name, List.of(roles), expires, key));
      write();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void write() {
    try {
      Files.writeString(
          file(), "# people\n" + String.join("\n", people.stream().map(Person::line).toList()));
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private Path file() {
    return folder.resolve("people");
  }

  private static PeopleSettings settings(Path file, String unverified) {
    return new PeopleSettings(
        file,
        unverified,
        null,
        null,
        1,
        false,
        Duration.ofMinutes(60),
        Duration.ofMinutes(30),
        null);
  }
}
