package dev.liftoff;

import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Person;
import dev.liftoff.people.SignedText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Somebody with a key of his own. */
final class Signer {
  private static final String ALGORITHM = "Ed25519";
  private static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");

  private final KeyPair keys;
  private final Person person;

  Signer(String name, Role... roles) {
    try {
      keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
      person = new Person(name, List.of(roles), NEVER, key);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Person person() {
    return person;
  }

  Command signed(LaunchPad pad, String verb, Command command, String nonce) {
    return signed(pad.status().launch(), verb, command, nonce);
  }

  Command signed(LaunchId launch, String verb, Command command, String nonce) {
    Proof proof = proof(nonce);
    return command.by(proof.signed(signature(SignedText.of(launch, verb, command, proof))));
  }

  Decision signed(LaunchPad pad, Decision decision, String nonce) {
    Proof proof = proof(nonce);
    return decision.by(
        proof.signed(signature(SignedText.of(pad.status().launch(), decision, proof))));
  }

  Proof proof(String nonce) {
    return new Proof(
        "token", "1", person.id(), "2026-01-01T00:00:00Z", NEVER.toString(), nonce, "");
  }

  String signature(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
