package dev.liftoff.gate;

import java.time.Duration;

/**
 * How votes of a poll count.
 *
 * @param others how many people besides the one who began the launch must say go
 * @param roleSharing one person may vote in several roles
 * @param voteLife how long a go counts; the practice of approvals is an hour, never days
 * @param heldVoids a hold that lasts longer voids every go: what was looked at is no longer so
 */
public record Voting(int others, boolean roleSharing, Duration voteLife, Duration heldVoids) {
  public static final Voting STANDARD =
      new Voting(1, false, Duration.ofMinutes(60), Duration.ofMinutes(30));
}
