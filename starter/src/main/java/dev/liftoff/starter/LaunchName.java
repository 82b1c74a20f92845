package dev.liftoff.starter;

import dev.liftoff.LaunchId;
import dev.liftoff.checklist.ChecklistWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * Which launch a person means.
 *
 * @param id null for whichever launch runs there
 */
record LaunchName(String service, String environment, @Nullable LaunchId id) {
  private static final String PREFIX = "launch/";

  /** Reads {@code shop/production}, the workflow id, or a whole launch id. */
  static LaunchName parse(String text) {
    String name = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    String[] parts = name.split("/", -1);
    try {
      if (parts.length == 4) {
        return of(LaunchId.parse(name));
      }
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(
          ExitCode.USAGE, "'%s': %s".formatted(text, wrong.getMessage()), null);
    }
    if (parts.length != 2 || !LaunchId.isName(parts[0]) || !LaunchId.isName(parts[1])) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "A launch is named SERVICE/ENVIRONMENT, such as shop/production; was '%s'."
              .formatted(text),
          "See which there are: liftoff list");
    }
    return new LaunchName(parts[0], parts[1], null);
  }

  /** Refuses what is no name before anything is asked of Temporal. */
  static void check(@Nullable String text) {
    if (text != null) {
      var _ = parse(text);
    }
  }

  static LaunchName of(LaunchId id) {
    return new LaunchName(id.service(), id.environment(), id);
  }

  String workflowId() {
    return LaunchId.workflowId(service, environment);
  }

  /** Where its checklist is, while it has one. */
  String checklistId() {
    return ChecklistWorkflow.workflowId(service, environment);
  }

  /** The short form, for sentences and for the next command. */
  @Override
  public String toString() {
    return service + "/" + environment;
  }
}
