package dev.liftoff;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The history of this test's launch is kept as {@code histories/<its sentence>.json} and replayed
 * by {@link ReplayTest} for ever. Run with {@code -Dliftoff.record=true} to write the files; one
 * that is there already is kept, since launches that were begun by older code must still replay.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Recorded {}
