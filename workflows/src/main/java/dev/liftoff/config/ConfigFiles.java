package dev.liftoff.config;

import dev.liftoff.LaunchId;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The configuration files of the service on the worker's host. */
@ActivityInterface(namePrefix = "ConfigFiles")
public interface ConfigFiles {

  /**
   * A copy of each file, with its checksum, is in the launch's artifact folder. Repeating keeps the
   * first copy: what was there before the launch. Permanent: {@code CONFIGURATION_REFUSED} when one
   * is missing or unreadable.
   */
  SavedFiles save(LaunchId launch, List<String> files);

  /**
   * Each file has the content, owner and mode of its copy again, replaced atomically. Files that
   * never were saved are left alone.
   *
   * @return the paths whose content had changed
   */
  List<String> restore(LaunchId launch, List<String> files);
}
