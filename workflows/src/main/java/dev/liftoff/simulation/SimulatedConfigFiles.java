package dev.liftoff.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.config.ConfigFiles;
import dev.liftoff.config.SavedFiles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A disk in memory on which every file exists until it is removed. */
public final class SimulatedConfigFiles implements ConfigFiles {
  private final Map<String, String> disk = new HashMap<>();
  private final Set<String> missing = new TreeSet<>();
  private final Map<LaunchId, Map<String, String>> saved = new HashMap<>();

  /** The file has this content from now on. */
  public synchronized SimulatedConfigFiles write(String file, String content) {
    missing.remove(file);
    disk.put(file, content);
    return this;
  }

  /** There is no such file from now on. */
  public synchronized SimulatedConfigFiles remove(String file) {
    disk.remove(file);
    missing.add(file);
    return this;
  }

  public synchronized String read(String file) {
    return disk.getOrDefault(file, "");
  }

  @Override
  public synchronized SavedFiles save(LaunchId launch, List<String> files) {
    for (String file : files) {
      if (missing.contains(file) && !copies(launch).containsKey(file)) {
        throw FailureType.CONFIGURATION_REFUSED.permanent(
            file + " does not exist, so it cannot be saved");
      }
    }
    files.forEach(file -> copies(launch).putIfAbsent(file, read(file)));
    Map<String, String> sums = new TreeMap<>();
    files.forEach(file -> sums.put(file, sha256(copies(launch).getOrDefault(file, ""))));
    return new SavedFiles("simulated/" + launch.asFileName() + "/configuration", sums);
  }

  @Override
  public synchronized List<String> restore(LaunchId launch, List<String> files) {
    Map<String, String> copies = copies(launch);
    List<String> changed =
        files.stream()
            .filter(file -> copies.containsKey(file))
            .filter(file -> missing.contains(file) || !read(file).equals(copies.get(file)))
            .toList();
    changed.forEach(file -> write(file, copies.getOrDefault(file, "")));
    return changed;
  }

  private Map<String, String> copies(LaunchId launch) {
    return saved.computeIfAbsent(launch, _ -> new TreeMap<>());
  }

  private static String sha256(String content) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
