package dev.liftoff.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.LaunchWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One short simulated launch through the whole worker, so that the JVM can write down which classes
 * a worker needs: {@code deploy/worker/prepare} runs this once per build, and the worker then
 * starts in a fraction of the time.
 */
final class Training {
  /** What a simulated launch does not touch, and a real one does at its first steps. */
  private static final List<String> NEEDED_SOON =
      List.of(
          "docker-java",
          "httpclient5",
          "httpcore5",
          "okhttp",
          "okio",
          "flyway",
          "postgresql",
          "lettuce");

  private Training() {}

  /** Takes the address of a Temporal that holds nothing else. */
  public static void main(String[] args) throws Exception {
    loadNeededSoon();
    try (ConfigurableApplicationContext worker = startWorker(args[0])) {
      launch(worker.getBean(WorkflowClient.class));
      ask(worker, "health");
      ask(worker, "prometheus");
    }
  }

  private static ConfigurableApplicationContext startWorker(String temporal) {
    return LaunchWorker.application()
        .run(
            "--spring.profiles.active=simulated",
            "--spring.temporal.connection.target=" + temporal,
            "--server.port=0");
  }

  private static void launch(WorkflowClient temporal) throws IOException {
    WorkflowStub launch =
        temporal.newUntypedWorkflowStub(
            "LaunchWorkflow",
            WorkflowOptions.newBuilder()
                .setWorkflowId("training")
                .setTaskQueue(LaunchWorkflow.TASK_QUEUE)
                .build());
    launch.start(plan());
    launch.query("status", JsonNode.class);
    launch.getResult(JsonNode.class);
  }

  private static JsonNode plan() throws IOException {
    try (InputStream plan = Training.class.getResourceAsStream("/training-plan.json")) {
      return dev.liftoff.Payloads.mapper().readTree(plan);
    }
  }

  private static void ask(ConfigurableApplicationContext worker, String endpoint)
      throws IOException {
    String port = worker.getEnvironment().getRequiredProperty("local.server.port");
    try (InputStream answer =
        URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint).toURL().openStream()) {
      answer.readAllBytes();
    }
  }

  private static void loadNeededSoon() throws IOException {
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = new File(path).getName().toLowerCase(Locale.ROOT);
      if (NEEDED_SOON.stream().anyMatch(name::startsWith)) {
        loadAll(new File(path));
      }
    }
  }

  private static void loadAll(File jar) throws IOException {
    try (JarFile classes = new JarFile(jar)) {
      classes.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.contains("-"))
          .forEach(name -> load(name.substring(0, name.length() - ".class".length())));
    }
  }

  private static void load(String path) {
    try {
      Class.forName(path.replace('/', '.'), false, Training.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError optional) {
      // Made for a library that is not here.
    }
  }
}
