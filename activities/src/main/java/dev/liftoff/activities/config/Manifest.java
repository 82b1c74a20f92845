package dev.liftoff.activities.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What lies in the folder of a launch. A copy counts once it is listed here. */
record Manifest(Map<String, Entry> files) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "manifest.json";

  /**
   * One copy; its name is its checksum. Owner, group and mode are numbers, as the disk has them.
   */
  record Entry(String file, String sha256, int owner, int group, int mode) {}

  static Manifest read(Path folder) throws IOException {
    Path list = folder.resolve(NAME);
    return Files.exists(list)
        ? JSON.readValue(Files.readString(list), Manifest.class)
        : new Manifest(Map.of());
  }

  void write(Path folder) throws IOException {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    DurableFile.write(folder.resolve(NAME), text.getBytes(UTF_8));
  }

  boolean has(String file) {
    return files.containsKey(file);
  }

  Entry entry(String file) {
    Entry entry = files.get(file);
    if (entry == null) {
      throw new IllegalArgumentException(file + " is not in the manifest");
    }
    return entry;
  }

  Manifest with(Entry entry) {
    Map<String, Entry> more = new TreeMap<>(files);
    more.put(entry.file(), entry);
    return new Manifest(more);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
