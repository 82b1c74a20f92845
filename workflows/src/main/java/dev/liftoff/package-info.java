/**
 * What a launch is. Everything here is deterministic: time, waiting and chance come from Temporal.
 */
package dev.liftoff;
