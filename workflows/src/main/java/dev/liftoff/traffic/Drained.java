package dev.liftoff.traffic;

import java.time.Duration;

/**
 * How a slot emptied.
 *
 * @param empty whether it had no request in flight at the end
 * @param inFlight requests still in flight at the end; -1 when the proxy cannot tell
 * @param took how long that was waited for
 */
public record Drained(boolean empty, long inFlight, Duration took) {}
