package overhead;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stack.Launches;

/**
 * One launch, and how long each of its steps took by Temporal's own history: from the moment a step was asked for to the moment it was
 * answered, with all waiting in between. Arguments: target, plan, file of the times; beside it, with the suffix .events, every event
 * and when it was.
 */
public final class Measured {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Which step of the table an activity belongs to; announcements run beside the launch and are none. */
  private static final Map<String, String> STEPS =
      Map.ofEntries(
          Map.entry("TrafficRead", "survey"),
          Map.entry("TrafficUnsupported", "survey"),
          Map.entry("ContainersRunning", "survey"),
          Map.entry("MetricsRead", "metrics"),
          Map.entry("DatabaseSweep", "sweep"),
          Map.entry("DatabaseInspect", "inspect-database"),
          Map.entry("ContainersPin", "pin-image"),
          Map.entry("ConfigFilesSave", "copy-configuration"),
          Map.entry("DatabaseBackUp", "back-up"),
          Map.entry("DatabaseProveAndKeep", "restore-proof"),
          Map.entry("DatabaseRehearse", "rehearse"),
          Map.entry("DatabaseDiscardScratch", "rehearse"),
          Map.entry("DatabaseMigrate", "migrate"),
          Map.entry("DatabaseVerify", "verify"),
          Map.entry("ContainersStart", "start-green"),
          Map.entry("ContainersScanLogs", "scan-logs"),
          Map.entry("ProbeCheck", "health-checks"),
          Map.entry("ProbeWarmUp", "warm-up"),
          Map.entry("TrafficShift", "switch"),
          Map.entry("DatabaseSettle", "sweep"),
          Map.entry("TrafficDrain", "drain"),
          Map.entry("ContainersStop", "stop-blue"),
          Map.entry("ContainersRemove", "remove-blue"));

  private final Map<Long, HistoryEvent> scheduled = new HashMap<>();
  private final Map<String, Long> micros = new LinkedHashMap<>();
  private final List<String> events = new ArrayList<>();
  private long began;

  private Measured() {}

  public static void main(String[] args) throws Exception {
    try (Launches launches = new Launches(args[0])) {
      launches.start(Path.of(args[1]));
      JsonNode outcome = launches.outcome(LIMIT);
      if (!outcome.path("outcome").asText().equals("launched") || !outcome.path("leftovers").isEmpty()) {
        throw new IllegalStateException("the launch did not end well: " + outcome);
      }
      new Measured().read(launches.history()).write(Path.of(args[2]));
    }
    System.exit(0);
  }

  private Measured read(List<HistoryEvent> events) {
    events.forEach(this::read);
    return this;
  }

  private void read(HistoryEvent event) {
    events.add("%10.3f  %s".formatted((micros(event) - (began == 0 ? micros(event) : began)) / 1000.0, named(event)));
    switch (event.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED -> began = micros(event);
      case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> scheduled.put(event.getEventId(), event);
      case EVENT_TYPE_ACTIVITY_TASK_COMPLETED -> completed(event);
      case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> micros.put("total", micros(event) - began);
      default -> {}
    }
  }

  private String named(HistoryEvent event) {
    String type = event.getEventType().name().replace("EVENT_TYPE_", "");
    return switch (event.getEventType()) {
      case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> type + " " + activity(event);
      case EVENT_TYPE_ACTIVITY_TASK_STARTED ->
          type + " " + activity(scheduled.get(event.getActivityTaskStartedEventAttributes().getScheduledEventId()));
      case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
          type + " " + activity(scheduled.get(event.getActivityTaskCompletedEventAttributes().getScheduledEventId()));
      default -> type;
    };
  }

  private static String activity(HistoryEvent scheduled) {
    return scheduled.getActivityTaskScheduledEventAttributes().getActivityType().getName();
  }

  private void completed(HistoryEvent event) {
    HistoryEvent asked = scheduled.get(event.getActivityTaskCompletedEventAttributes().getScheduledEventId());
    String type = activity(asked);
    String step = STEPS.get(type);
    if (step != null) {
      micros.merge(step, micros(event) - micros(asked), Long::sum);
    } else if (!type.startsWith("Notifier") && !type.equals("MetricsWatch")) {
      throw new IllegalStateException("the script has nothing beside the activity " + type);
    }
  }

  private void write(Path file) throws IOException {
    Files.write(file, micros.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toList());
    Files.write(Path.of(file + ".events"), events);
  }

  private static long micros(HistoryEvent event) {
    Timestamp time = event.getEventTime();
    return time.getSeconds() * 1_000_000 + time.getNanos() / 1_000;
  }
}
