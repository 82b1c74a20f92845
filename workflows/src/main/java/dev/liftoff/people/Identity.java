package dev.liftoff.people;

import dev.liftoff.LaunchId;
import io.temporal.activity.ActivityInterface;

/**
 * Who somebody is, and who may do what. Both are the worker's to say, never the plan's: whoever
 * writes a plan must not give himself its rights.
 */
@ActivityInterface(namePrefix = "Identity")
public interface Identity {

  /**
   * Who may do what, as the worker's settings say now. Asked when a launch begins and again when a
   * poll opens. Reading it again changes nothing.
   */
  Policy policy(LaunchId launch);

  /**
   * Whether the message is that person's. A proof that does not hold, that is over, or that cannot
   * be checked is an answer, {@code UNVERIFIED} with one sentence, and never an exception: nobody
   * must wait for a proof. Who has not the role himself has it by the claim's loan, as long as
   * whoever lent it has that key and that role, and then the answer names the loan. Looked up anew
   * at every call, so that who is revoked is so at once. Whether a proof was used before is not
   * asked here: the launch knows.
   */
  Caller verify(LaunchId launch, Claim claim);
}
