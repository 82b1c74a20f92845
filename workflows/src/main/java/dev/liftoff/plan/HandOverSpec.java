package dev.liftoff.plan;

import dev.liftoff.gate.Role;
import java.time.Duration;

/**
 * Who takes the launch over at T+60.
 *
 * @param to who acknowledges it; until then the commander has it
 * @param within how long that may take before somebody is called
 */
public record HandOverSpec(Role to, Duration within) {}
