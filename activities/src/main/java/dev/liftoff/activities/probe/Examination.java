package dev.liftoff.activities.probe;

import dev.liftoff.probe.ProbeResult;

/**
 * One check, ready to run. What it throws means that nothing was measured; a wrong answer is a
 * result.
 */
interface Examination {

  /** What the answer is held against, in words. */
  String limit();

  ProbeResult run() throws Exception;
}
