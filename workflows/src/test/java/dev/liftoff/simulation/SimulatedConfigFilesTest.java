package dev.liftoff.simulation;

import dev.liftoff.config.ConfigFiles;
import dev.liftoff.config.ConfigFilesContract;

class SimulatedConfigFilesTest extends ConfigFilesContract {
  private final SimulatedConfigFiles files = new SimulatedConfigFiles();

  @Override
  protected ConfigFiles configFiles() {
    return files;
  }

  @Override
  protected String path(String name) {
    return "/etc/shop/" + name;
  }

  @Override
  protected void write(String name, String content) {
    files.write(path(name), content);
  }

  @Override
  protected String read(String name) {
    return files.read(path(name));
  }

  @Override
  protected void remove(String name) {
    files.remove(path(name));
  }
}
