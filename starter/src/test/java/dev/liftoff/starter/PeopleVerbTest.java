package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.people.PeopleText;
import dev.liftoff.people.Person;
import dev.liftoff.people.SignedText;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens: made, kept, used and revoked. */
class PeopleVerbTest {
  private static final Instant NOW = Instant.parse("2026-11-20T14:00:00Z");
  private static final LaunchId LAUNCH = new LaunchId("shop", "test", "v2", "1");

  @TempDir Path folder;

  @Test
  void whatSignsIsShownOnceAndTheFileKeepsOnlyWhatChecks() throws IOException {
    CommandLineRun added =
        run("people", "add", "ann", "--roles", "commander,on-call", "--for", "90d");

    Person ann = people().getFirst();
    assertThat(added.exit()).as(added.err()).isZero();
    assertThat(ann.listed()).isEqualTo("commander,on-call");
    assertThat(ann.expires()).isEqualTo("2027-02-18T14:00:00Z");
    Token token = Token.parse(added.out());
    assertThat(token.name()).isEqualTo("ann");
    assertThat(Files.readString(file())).doesNotContain(token.seed());
    assertThat(mode(file())).isEqualTo("rw-r--r--");
    assertThat(token).hasToString("token " + ann.id() + " of ann");
  }

  @Test
  void aTokenThatIsKeptInAFileIsForNobodyElse() throws IOException {
    CommandLineRun added =
        run("people", "add", "ann", "--roles", "commander", "--token", kept().toString());

    assertThat(added.out()).isEmpty();
    assertThat(mode(kept())).isEqualTo("rw-------");
    assertThat(Token.parse(Files.readString(kept())).name()).isEqualTo("ann");
  }

  @Test
  void whoLogsInSignsWhatHeTellsALaunch() throws Exception {
    run("people", "add", "ann", "--roles", "commander", "--token", kept().toString());
    CommandLineRun login = run("login", "--token", kept().toString());
    assertThat(login.err()).startsWith("You are ann on this machine");
    Optional<Token> token = Keyring.token(terminal("", new ByteArrayOutputStream()));

    Decision said = new Decision(LAUNCH.toString(), "migrate", "go", "ann", "commander", "seen");
    Proof proof = new Signing(token, NOW).sign(LAUNCH, said).proof();

    assertThat(fits(SignedText.of(LAUNCH, said, proof), proof.signature())).isTrue();
    assertThat(fits(SignedText.of(LAUNCH, said.seeing("other"), proof), proof.signature()))
        .isFalse();
    assertThat(proof.expires()).isEqualTo("2026-11-20T14:05:00Z");
  }

  @Test
  void aTokenThatOthersCanReadIsNotUsed() throws IOException {
    run("people", "add", "ann", "--roles", "commander", "--token", kept().toString());
    run("login", "--token", kept().toString());
    Files.setPosixFilePermissions(token(), PosixFilePermissions.fromString("rw-r--r--"));

    CommandLineRun hold = run("hold", "shop/test");

    assertThat(hold.exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(hold.err()).contains("can be read by others").contains("chmod 600 ");
  }

  @Test
  void whoIsRevokedIsNoLongerInTheFile() throws IOException {
    run("people", "add", "ann", "--roles", "commander", "--token", kept().toString());
    run("people", "add", "ravi", "--roles", "database", "--token", kept().toString());

    CommandLineRun revoked = run("people", "revoke", "ann");

    assertThat(revoked.exit()).isZero();
    assertThat(revoked.err()).endsWith("ann is revoked: 1 key.\n");
    assertThat(people()).extracting(Person::name).containsExactly("ravi");
    assertThat(run("people", "revoke", "ann").err()).contains("ann is not in ");
    assertThat(run("people", "list").out()).startsWith("ravi ").contains("database");
    run("people", "revoke", "ravi");
    assertThat(run("people", "list").err()).contains("nobody can be verified");
  }

  @Test
  void whatIsNoTokenIsNotRepeated() {
    CommandLineRun login = run("login");

    assertThat(login.exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(login.err()).contains("is no token").doesNotContain("hunter2");
  }

  @Test
  void aNameWithABlankIsRefused() {
    CommandLineRun added = run("people", "add", "ann smith", "--roles", "commander");

    assertThat(added.exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(added.err()).contains("name must be letters").contains("'ann smith'");
    assertThat(file()).doesNotExist();
  }

  private CommandLineRun run(String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal = terminal("hunter2", err);
    Terminal whole =
        new Terminal(
            terminal.in(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            terminal.err(),
            terminal.environment(),
            false,
            terminal.clock());
    boolean people = words[0].equals("people");
    String[] all = java.util.Arrays.copyOf(words, words.length + (people ? 2 : 0));
    if (people) {
      all[words.length] = "--file";
      all[words.length + 1] = file().toString();
    }
    int exit = Liftoff.run(whole, all);
    return new CommandLineRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Terminal terminal(String typed, ByteArrayOutputStream err) {
    return new Terminal(
        new BufferedReader(new StringReader(typed)),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("USER", "root", "LIFTOFF_TOKEN_FILE", token().toString(), "NO_COLOR", "1"),
        false,
        InstantSource.fixed(NOW));
  }

  private boolean fits(String text, String signature) throws IOException, GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(people().getFirst().key());
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
    check.update(text.getBytes(StandardCharsets.UTF_8));
    return check.verify(Base64.getDecoder().decode(signature));
  }

  private List<Person> people() throws IOException {
    return PeopleText.parse(Files.readString(file()));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Path file() {
    return folder.resolve("people");
  }

  private Path kept() {
    return folder.resolve("ann.token");
  }

  private Path token() {
    return folder.resolve("token");
  }
}
