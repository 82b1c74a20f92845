package dev.liftoff.compatibility;

import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.database.DatabaseSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is tried on what.
 *
 * @param database the live one, on whose server the copy is; it is never written to
 * @param copy name of the scratch database on which the migrations were rehearsed
 * @param container how the candidate runs; the baseline is tried with what it runs with now
 * @param baseline the running version; null where there is none, and then only the candidate is
 *     tried
 */
public record Trial(
    DatabaseSpec database,
    String copy,
    ContainerSpec container,
    @Nullable Endpoint baseline,
    Image candidate) {}
