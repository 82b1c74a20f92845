/**
 * What a launch is. Everything here is deterministic: time, waiting and chance come from Temporal.
 *
 * <p>Begin with {@link dev.liftoff.LaunchWorkflow}, what people and programs can tell and ask a
 * launch, and with {@code Runbook}, its steps in order. Beside the steps, this package holds only
 * what all parts share: words, limits, refusals, waits.
 *
 * <p>A step stands on {@link dev.liftoff.watch}, that on {@link dev.liftoff.control}, that on
 * {@link dev.liftoff.board}, that on {@link dev.liftoff.notify.outbox}: never the other way round.
 * The other packages are the ports, one for each system outside, and the values that they take.
 */
package dev.liftoff;
