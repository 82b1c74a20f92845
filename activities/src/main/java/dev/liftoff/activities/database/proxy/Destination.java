package dev.liftoff.activities.database.proxy;

import java.util.Map;

/**
 * Where every session through a proxy ends, whatever it asked for.
 *
 * @param settings of the session, such as {@code application_name}, over what the client sends;
 *     {@code options} are added to the client's, and win over them
 */
public record Destination(String database, Map<String, String> settings) {
  static final String OPTIONS = "options";

  public Destination {
    settings = Map.copyOf(settings);
  }

  public static Destination of(String database) {
    return new Destination(database, Map.of());
  }

  void fill(Map<String, String> parameters) {
    parameters.put("database", database);
    settings.forEach((name, value) -> {
      String asked = name.equals(OPTIONS) ? parameters.getOrDefault(OPTIONS, "") : "";
      parameters.put(name, (asked + " " + value).strip());
    });
  }
}
