package dev.liftoff.gate;

import java.time.Duration;

/**
 * How votes of a poll count.
 *
 * @param others how many people besides the one who began the launch must say go
 * @param roleSharing one person may vote in several roles
 * @param voteLife how long a go counts; the practice of approvals is an hour, never days
 * @param heldVoids a hold that lasts longer voids every go: what was looked at is no longer so
 * @param loansEnd a go that was said in a lent role ends with the loan; false in launches that
 *     began before it did
 */
public record Voting(
    int others, boolean roleSharing, Duration voteLife, Duration heldVoids, boolean loansEnd) {
  /** Of a launch that began before there was a policy. */
  public static final Voting BEFORE =
      new Voting(1, false, Duration.ofMinutes(60), Duration.ofMinutes(30), false);

  public static final Voting STANDARD =
      new Voting(1, false, Duration.ofMinutes(60), Duration.ofMinutes(30), true);
}
