package dev.liftoff.starter;

import dev.liftoff.gate.Role;
import dev.liftoff.people.Person;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * What a person signs with: a name, the id of the key, and the half of it that signs. It never
 * leaves the machine that it is on.
 */
record Token(String name, String id, String seed) {
  private static final String ALGORITHM = "Ed25519";
  private static final String PREFIX = "liftoff-token-1";
  private static final int PARTS = 4;

  /** A new token, and the line of the file of people that knows it. */
  record Issued(Token token, Person person) {}

  static Issued issue(String name, List<Role> roles, Instant expires) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      Person person = new Person(name, roles, expires, key);
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      return new Issued(
          new Token(name, person.id(), Base64.getEncoder().encodeToString(seed)), person);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException without repeating what was read
   */
  static Token parse(String text) {
    String[] parts = text.strip().split("\\s+", -1);
    if (parts.length != PARTS || !parts[0].equals(PREFIX)) {
      throw new IllegalArgumentException(
          "is no token: one is a line that begins with " + PREFIX + " (it is not shown here)");
    }
    return new Token(parts[1], parts[2], parts[3]);
  }

  String text() {
    return String.join(" ", PREFIX, name, id, seed);
  }

  /** In base64. */
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(
                  new EdECPrivateKeySpec(
                      NamedParameterSpec.ED25519, Base64.getDecoder().decode(seed))));
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw new CommandFailure(
          ExitCode.USAGE, "The token of %s cannot sign: it is damaged.".formatted(name), null);
    }
  }

  /** Not what it signs with. */
  @Override
  public String toString() {
    return "token " + id + " of " + name;
  }
}
