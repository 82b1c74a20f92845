package dev.liftoff.probe;

import java.util.List;

/**
 * Requests that make a cold candidate fast before users arrive. Safe ones only: they are real.
 *
 * @param paths asked in turn by GET, straight at the container
 * @param requests how many in all; 0 for none
 */
public record WarmUp(List<String> paths, int requests) {
  public WarmUp {
    paths = List.copyOf(paths);
  }
}
