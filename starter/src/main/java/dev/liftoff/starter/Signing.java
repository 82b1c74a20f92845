package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.checklist.Edits;
import dev.liftoff.checklist.Order;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.people.SignedText;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** Signs what is told to a launch, where there is a token. */
final class Signing {
  /** Long enough for a slow network, too short for whoever caught the message on its way. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private static final int NONCE_BYTES = 16;
  private static final String KIND = "token";

  private final Optional<Token> token;
  private final Instant now;

  Signing(Optional<Token> token, Instant now) {
    this.token = token;
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  boolean isPossible() {
    return token.isPresent();
  }

  Decision sign(LaunchId launch, Decision decision) {
    return token
        .map(held -> {
          Proof proof = proof(held);
          return decision.by(proof.signed(held.sign(SignedText.of(launch, decision, proof))));
        })
        .orElse(decision);
  }

  Command sign(LaunchId launch, String verb, Command command) {
    return token
        .map(held -> {
          Proof proof = proof(held);
          return command.by(proof.signed(held.sign(SignedText.of(launch, verb, command, proof))));
        })
        .orElse(command);
  }

  /** All of them at once: none can be taken out, and none added. */
  Edits sign(LaunchId launch, Edits edits) {
    return token
        .map(held -> {
          Proof proof = proof(held);
          Edits named = edits.in(launch.toString());
          return named.by(proof.signed(held.sign(SignedText.of(launch, named, proof))));
        })
        .orElse(edits);
  }

  Order sign(LaunchId launch, String verb, Order order) {
    return token
        .map(held -> {
          Proof proof = proof(held);
          Order named = order.in(launch.toString());
          return named.by(proof.signed(held.sign(SignedText.of(launch, verb, named, proof))));
        })
        .orElse(order);
  }

  private Proof proof(Token held) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    return new Proof(
        KIND,
        SignedText.VERSION,
        held.id(),
        now.toString(),
        now.plus(LIFE).toString(),
        HexFormat.of().formatHex(nonce),
        "");
  }
}
