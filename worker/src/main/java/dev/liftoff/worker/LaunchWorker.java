package dev.liftoff.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The process that runs launches: adapters as the settings choose them, on two task queues. */
@SpringBootApplication
public class LaunchWorker {

  public static void main(String[] args) {
    application().run(args);
  }

  static SpringApplication application() {
    SpringApplication application = new SpringApplication(LaunchWorker.class);
    application.addInitializers(new SettingsAtStart());
    return application;
  }
}
