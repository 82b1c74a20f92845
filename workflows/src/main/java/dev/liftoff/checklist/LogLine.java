package dev.liftoff.checklist;

import java.time.Instant;

/**
 * What happened to the list.
 *
 * @param lasting a decision, which is kept longer than answers, measurements and refusals
 */
public record LogLine(Instant at, String who, String text, boolean lasting) {}
