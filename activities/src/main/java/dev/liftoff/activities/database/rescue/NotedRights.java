package dev.liftoff.activities.database.rescue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Owners and privileges as they were noted right before the migration. */
final class NotedRights {
  private NotedRights() {}

  static boolean exist(LaunchFolder folder) {
    return Files.exists(file(folder));
  }

  static Map<String, String> read(LaunchFolder folder) throws IOException {
    JsonNode rights = Payloads.mapper().readTree(file(folder).toFile()).path("rights");
    return Payloads.mapper().convertValue(rights, new TypeReference<TreeMap<String, String>>() {});
  }

  private static Path file(LaunchFolder folder) {
    return folder.path().resolve("before-migration.json");
  }
}
