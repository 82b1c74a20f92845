package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.people.Caller;
import dev.liftoff.people.Claim;
import dev.liftoff.people.Identity;
import dev.liftoff.people.Person;
import dev.liftoff.people.Policy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Believes real signatures of those that it knows; says who may do what as it is told. */
final class KeysOfPeople implements Identity {
  private final Map<String, Person> people = new ConcurrentHashMap<>();
  private final Policy policy;

  KeysOfPeople(String warning, String... unverified) {
    policy = Policy.standard(List.of(unverified), warning);
  }

  void add(Person person) {
    people.put(person.id(), person);
  }

  @Override
  public Policy policy(LaunchId launch) {
    return policy;
  }

  @Override
  public Caller verify(LaunchId launch, Claim claim) {
    Person person = people.get(claim.proof().id());
    return person != null && fits(person.key(), claim)
        ? Caller.verified(person.name(), person.roles(), "by " + person.id())
        : Caller.unverified(claim.who(), "the signature does not fit the message");
  }

  private static boolean fits(String key, Claim claim) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
      check.update(claim.text().getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(claim.proof().signature()));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
