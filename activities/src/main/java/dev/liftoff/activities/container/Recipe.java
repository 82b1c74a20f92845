package dev.liftoff.activities.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Image;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Of what a container of a version is made; its variables may hold secrets. */
public final class Recipe {
  private final Image image;
  private final Map<String, String> variables;
  private final Set<String> secretNames;
  private final List<Mount> mounts;
  private final List<String> entrypoint;
  private final List<String> command;

  private Recipe(
      Image image,
      Map<String, String> variables,
      Set<String> secretNames,
      List<Mount> mounts,
      List<String> entrypoint,
      List<String> command) {
    this.image = image;
    this.variables = variables;
    this.secretNames = secretNames;
    this.mounts = mounts;
    this.entrypoint = entrypoint;
    this.command = command;
  }

  /** As the plan describes the candidate. */
  public static Recipe ofPlan(Image image, ContainerSpec spec, Secrets secrets) {
    return new Recipe(
        image,
        variables(EnvironmentVariables.resolved(spec, secrets).stream()),
        new TreeSet<>(EnvironmentVariables.secretNames(spec)),
        spec.mounts().entrySet().stream()
            .map(each -> bind(each.getKey(), each.getValue()))
            .toList(),
        List.of(),
        List.of());
  }

  /** As a container runs now, whoever started it. */
  static Recipe of(Found running) {
    InspectContainerResponse inspected = running.inspected();
    return new Recipe(
        new Image(reference(running), String.valueOf(inspected.getImageId())),
        variables(texts(inspected.getConfig().getEnv()).stream()),
        new TreeSet<>(Arrays.asList(running.label(Labels.SECRETS).split(","))),
        binds(inspected),
        texts(inspected.getConfig().getEntrypoint()),
        texts(inspected.getConfig().getCmd()));
  }

  /** With these variables over those it has; their values may be secrets. */
  public Recipe with(Map<String, String> more, List<String> secret) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    Set<String> names = new TreeSet<>(secretNames);
    names.addAll(secret);
    return new Recipe(image, all, names, mounts, entrypoint, command);
  }

  public Image image() {
    return image;
  }

  List<String> variables() {
    return new TreeMap<>(variables)
        .entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  String secretNames() {
    return String.join(",", secretNames);
  }

  List<Mount> mounts() {
    return mounts;
  }

  /** Empty for the image's own. */
  List<String> entrypoint() {
    return entrypoint;
  }

  /** Empty for the image's own. */
  List<String> command() {
    return command;
  }

  private static String reference(Found running) {
    String label = running.label(Labels.IMAGE);
    return label.contains("@sha256:")
        ? label.substring(0, label.indexOf("@sha256:"))
        : String.valueOf(running.inspected().getConfig().getImage());
  }

  private static Map<String, String> variables(Stream<String> assignments) {
    Map<String, String> variables = new HashMap<>();
    assignments
        .map(each -> each.split("=", 2))
        .filter(each -> each.length == 2)
        .forEach(each -> variables.put(each[0], each[1]));
    return variables;
  }

  private static List<Mount> binds(InspectContainerResponse inspected) {
    var mounts = inspected.getMounts();
    return mounts == null
        ? List.of()
        : mounts.stream()
            .filter(each -> each.getName() == null && each.getSource() != null)
            .map(each -> bind(each.getSource(), String.valueOf(each.getDestination())))
            .toList();
  }

  /** Read-only, also where the running version may write: a trial changes nothing on the host. */
  private static Mount bind(String source, String target) {
    return new Mount()
        .withType(MountType.BIND)
        .withSource(source)
        .withTarget(target)
        .withReadOnly(true);
  }

  private static List<String> texts(String[] texts) {
    return texts == null ? List.of() : List.of(texts);
  }

  @Override
  public String toString() {
    return "recipe of " + image;
  }
}
