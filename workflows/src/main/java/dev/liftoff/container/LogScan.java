package dev.liftoff.container;

import java.util.List;

/**
 * What a scan of a container's logs found.
 *
 * @param lines how many lines were read
 * @param matches how many matched an error pattern
 * @param examples at most five of them, each cut at 200 characters, secrets masked
 */
public record LogScan(long lines, long matches, List<String> examples) {
  public boolean clean() {
    return matches == 0;
  }
}
