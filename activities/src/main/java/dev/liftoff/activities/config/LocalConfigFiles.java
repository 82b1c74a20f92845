package dev.liftoff.activities.config;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.config.ConfigFiles;
import dev.liftoff.config.SavedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configuration files on the worker's own disk. Links are not followed, neither the file itself nor
 * a folder above it: a plan names the real path, so that nothing else is read or replaced.
 */
public final class LocalConfigFiles implements ConfigFiles {
  private static final Logger log = LoggerFactory.getLogger(LocalConfigFiles.class);

  /**
   * Where copies go.
   *
   * @param artifacts the folder that holds one folder for each launch
   */
  public record Settings(Path artifacts) {}

  private final Settings settings;

  public LocalConfigFiles(Settings settings) {
    this.settings = settings;
  }

  @Override
  public SavedFiles save(LaunchId launch, List<String> files) {
    Path folder = folder(launch);
    try {
      DurableFile.createPrivateFolder(folder);
      Manifest manifest = Manifest.read(folder);
      for (String file : files) {
        manifest = manifest.has(file) ? manifest : manifest.with(copy(file, folder));
      }
      manifest.write(folder);
      log.info("saved configuration launch={} files={}", launch, files.size());
      return new SavedFiles(folder.toString(), sums(manifest, files));
    } catch (IOException failed) {
      throw new UncheckedIOException("configuration cannot be saved in " + folder, failed);
    }
  }

  @Override
  public List<String> restore(LaunchId launch, List<String> files) {
    Path folder = folder(launch);
    List<String> changed = new ArrayList<>();
    try {
      Manifest manifest = Manifest.read(folder);
      for (String file : files) {
        if (manifest.has(file) && restore(manifest.entry(file), folder)) {
          changed.add(file);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("configuration cannot be restored from " + folder, failed);
    }
    log.info("restored configuration launch={} changed={}", launch, changed);
    return changed;
  }

  private static Manifest.Entry copy(String file, Path folder) throws IOException {
    ConfigFile source = ConfigFile.existing(file);
    byte[] content = source.content();
    Manifest.Entry entry = source.describe(content);
    DurableFile.write(folder.resolve(entry.sha256()), content);
    return entry;
  }

  private static boolean restore(Manifest.Entry entry, Path folder) throws IOException {
    Path copy = folder.resolve(entry.sha256());
    byte[] content = Files.readAllBytes(copy);
    if (!Manifest.sha256(content).equals(entry.sha256())) {
      throw FailureType.CONFIGURATION_REFUSED.permanent(
          "the copy %s of %s is damaged; restore that file by hand".formatted(copy, entry.file()));
    }
    return ConfigFile.replaced(entry).becomes(content, entry);
  }

  private static Map<String, String> sums(Manifest manifest, List<String> files) {
    Map<String, String> sums = new TreeMap<>();
    files.forEach(file -> sums.put(file, manifest.entry(file).sha256()));
    return sums;
  }

  private Path folder(LaunchId launch) {
    return settings.artifacts().resolve(launch.asFileName()).resolve("configuration");
  }
}
