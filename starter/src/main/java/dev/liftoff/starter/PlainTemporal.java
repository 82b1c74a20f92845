package dev.liftoff.starter;

import dev.liftoff.LaunchWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The same with Temporal's own command line: what this program does, everybody can do without it.
 */
final class PlainTemporal {
  private PlainTemporal() {}

  static String start(Session session, LaunchName name, String planFile, String summary) {
    return line(
        session,
        "start",
        "--type",
        "LaunchWorkflow",
        "--task-queue",
        LaunchWorkflow.TASK_QUEUE,
        "--workflow-id",
        name.workflowId(),
        "--fail-existing",
        "--static-summary",
        summary,
        "--input-file",
        planFile);
  }

  static String update(Session session, LaunchName name, String verb, Object message) {
    return update(session, name.workflowId(), verb, message);
  }

  static String update(Session session, String workflowId, String verb, Object message) {
    return line(
        session,
        "update execute",
        "--workflow-id",
        workflowId,
        "--name",
        verb,
        "--input",
        Session.typed(message));
  }

  static String query(Session session, LaunchName name, String type) {
    return query(session, name.workflowId(), type);
  }

  static String query(Session session, String workflowId, String type) {
    return line(session, "query", "--workflow-id", workflowId, "--type", type);
  }

  static String follow(Session session, LaunchName name) {
    return line(session, "show", "--workflow-id", name.workflowId(), "--follow");
  }

  static String list(Session session) {
    return line(session, "list", "--query", Listing.QUERY);
  }

  private static String line(Session session, String verb, String... arguments) {
    List<String> words = new ArrayList<>(List.of("temporal workflow " + verb));
    option(words, "--address", session.address(), "127.0.0.1:7233");
    option(words, "--namespace", session.namespace(), "default");
    for (String argument : arguments) {
      words.add(quoted(argument));
    }
    return words.stream().collect(Collectors.joining(" "));
  }

  private static void option(List<String> words, String name, String value, String otherwise) {
    if (!value.equals(otherwise)) {
      words.add(name);
      words.add(quoted(value));
    }
  }

  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
