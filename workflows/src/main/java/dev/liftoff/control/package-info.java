/**
 * Who steers a launch: the desk, which admits what people say and gives it effect; the countdown,
 * which waits for the hour and asks at the gates; the announcer, which says what happens. Every
 * step is handed all of it as {@link dev.liftoff.control.Controls}; nothing here knows a step.
 */
package dev.liftoff.control;
