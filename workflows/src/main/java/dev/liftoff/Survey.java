package dev.liftoff;

import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What preflight found.
 *
 * @param baseline what serves now; null in the first launch of a service
 * @param serving the slot that has all traffic
 * @param candidate where the new version will run; nothing runs there yet
 * @param before metrics of the baseline
 * @param calibrated how the judge will count
 */
record Survey(
    @Nullable Endpoint baseline,
    Slot serving,
    Endpoint candidate,
    List<Reading> before,
    Calibrated calibrated) {}
