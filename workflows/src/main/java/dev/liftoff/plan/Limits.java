package dev.liftoff.plan;

import java.time.Duration;

/**
 * How long a launch waits for people.
 *
 * @param hold how long it may be held; before T+0 it is scrubbed then, after T+0 it asks for help
 *     and waits on under guard
 * @param helpEvery how often it asks again while it needs a human; the pause doubles each time up
 *     to a day
 * @param guardWindow the longest window of the guard in the first six hours, and a sixth of it
 *     after that; each window is one line in the history
 * @param answerWithin how long the commander has where the launch asks before it calls for help;
 *     silence is never a yes
 * @param extension how much longer the reviews may be made by {@code extend}, in all
 * @param step the time after which a step that should take seconds is given up
 */
public record Limits(
    Duration hold,
    Duration helpEvery,
    Duration answerWithin,
    Duration guardWindow,
    Duration extension,
    Duration step) {}
