package dev.liftoff.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Reads the settings before anything is made of them: a wrong one ends the start here. */
final class SettingsAtStart
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final Logger log = LoggerFactory.getLogger(SettingsAtStart.class);

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    AdapterSettings settings =
        new SettingsReader(context.getEnvironment()).read("liftoff", AdapterSettings.class);
    context.getBeanFactory().registerSingleton("adapterSettings", settings);
    log.info("settings {}", settings);
  }
}
