package dev.liftoff.notify;

import java.util.List;

/**
 * Something that people should know.
 *
 * @param key stable within the launch: the same announcement sent again has the same key
 * @param facts short lines, already free of secrets
 */
public record Announcement(String key, Severity severity, String title, List<String> facts) {
  /** Whether to read it, to act on it, or to be woken by it. */
  public enum Severity {
    INFORMATION,
    WARNING,
    CRITICAL
  }
}
