package dev.liftoff.checklist;

import dev.liftoff.LaunchId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a checklist stands, for people.
 *
 * @param revision grows with every change
 * @param examinedAt when the machine looked last; null before it did
 * @param trouble why the list is not whole, in a sentence; empty when it is
 * @param blocked all that stands in the way
 * @param open what is open, by owner
 * @param reach the fewest items by which the score gets to the bar, in a sentence; empty when it is
 *     there
 * @param signOffs one line for each role that is needed
 * @param warning what everybody must know of those who answer, such as that nobody is verified;
 *     null when there is nothing
 * @param edits how many edits were taken since the list began
 */
public record ReadinessView(
    ReadinessSummary summary,
    LaunchId launch,
    long revision,
    @Nullable Instant examinedAt,
    String trouble,
    List<String> blocked,
    List<Score.Area> areas,
    List<Open> open,
    String reach,
    List<String> signOffs,
    @Nullable String warning,
    long edits) {

  /** Whose items are open; those that block first. */
  public record Open(String owner, List<String> items) {}
}
