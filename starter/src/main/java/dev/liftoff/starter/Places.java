package dev.liftoff.starter;

import java.util.Map;

/** Where each path of a plan stands in its file. */
record Places(Map<String, PlanFile.Place> byPath) {
  /**
   * A path that is not in the file, such as that of a missing key, is at the nearest one above it.
   */
  PlanFile.Place of(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      PlanFile.Place place = byPath.get(at);
      if (place != null) {
        return place;
      }
    }
    return byPath.getOrDefault("", PlanFile.Place.START);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
