package dev.liftoff.activities.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import dev.liftoff.LaunchId;
import dev.liftoff.container.Image;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A container as the engine described it a moment ago. */
record Found(InspectContainerResponse inspected) {
  /** A baseline that was not started by a launch has no label that says which are secret. */
  private static final Pattern SECRETIVE =
      Pattern.compile("PASS|SECRET|TOKEN|KEY|CREDENTIAL|DSN|URL|URI", Pattern.CASE_INSENSITIVE);

  String id() {
    return inspected.getId();
  }

  String name() {
    return inspected.getName().replaceFirst("^/", "");
  }

  boolean running() {
    return Boolean.TRUE.equals(state().getRunning());
  }

  boolean paused() {
    return Boolean.TRUE.equals(state().getPaused());
  }

  boolean outOfMemory() {
    return Boolean.TRUE.equals(state().getOOMKilled());
  }

  int exitCode() {
    Long code = state().getExitCodeLong();
    return code == null ? -1 : code.intValue();
  }

  Instant startedAt() {
    return Instant.parse(state().getStartedAt());
  }

  boolean isOf(LaunchId launch) {
    return Labels.ofPlace(launch).entrySet().stream()
        .allMatch(each -> each.getValue().equals(label(each.getKey())));
  }

  boolean isOf(LaunchId launch, Image image) {
    return launch.toString().equals(label(Labels.LAUNCH))
        && image.toString().equals(label(Labels.IMAGE));
  }

  boolean holds(String version) {
    return version.equals(label(Labels.VERSION));
  }

  /** The empty text where it has no such label. */
  String label(String key) {
    Map<String, String> labels = inspected.getConfig().getLabels();
    return labels == null ? "" : labels.getOrDefault(key, "");
  }

  /** What must not be seen of it, whichever worker or tool started it. */
  List<String> secretValues() {
    Set<String> names = Set.of(label(Labels.SECRETS).split(","));
    String[] variables = inspected.getConfig().getEnv();
    return variables == null
        ? List.of()
        : Arrays.stream(variables)
            .map(each -> each.split("=", 2))
            .filter(each -> each.length == 2)
            .filter(each -> names.contains(each[0]) || SECRETIVE.matcher(each[0]).find())
            .map(each -> each[1])
            .toList();
  }

  private ContainerState state() {
    return inspected.getState();
  }
}
