package dev.liftoff.worker;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What stands in the settings files, the environment and on the command line. */
final class WrittenSettings {
  // LIFTOFF_HOME and others are no settings of ours, though they look like it.
  private static final Set<String> NOT_ONLY_OURS =
      Set.of(
          StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

  private final ConfigurableEnvironment environment;

  WrittenSettings(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  Optional<String> text(String property) {
    return Optional.ofNullable(environment.getProperty(property));
  }

  /** Where it was written, as {@code (worker.yaml:7)}; empty when that is not known. */
  String place(String property) {
    return sources()
        .filter(source -> source.containsProperty(property))
        .findFirst()
        .map(source -> OriginLookup.getOrigin(source, property))
        .map(origin -> origin instanceof TextResourceOrigin file ? " (" + place(file) + ")" : "")
        .orElse("");
  }

  /** One sentence for each property below this one that has none of the known names. */
  List<String> unknown(String property, Set<String> known) {
    return sources()
        .filter(source -> !NOT_ONLY_OURS.contains(source.getName()))
        .flatMap(source -> Stream.of(source.getPropertyNames()))
        .filter(name -> name.startsWith(property + "."))
        .distinct()
        .filter(name -> !known.contains(name))
        .map(name -> sentence(name, known))
        .toList();
  }

  private String sentence(String name, Set<String> known) {
    return "%s is no setting%s; known there: %s"
        .formatted(name, place(name), String.join(", ", SettingsShape.beside(name, known)));
  }

  private static String place(TextResourceOrigin origin) {
    return Optional.ofNullable(origin.getResource()).map(file -> file.getFilename()).orElse("?")
        + Optional.ofNullable(origin.getLocation()).map(at -> ":" + (at.getLine() + 1)).orElse("");
  }

  private Stream<EnumerablePropertySource<?>> sources() {
    return environment.getPropertySources().stream()
        .flatMap((PropertySource<?> source) ->
            source instanceof EnumerablePropertySource<?> listed
                ? Stream.of(listed)
                : Stream.empty());
  }
}
