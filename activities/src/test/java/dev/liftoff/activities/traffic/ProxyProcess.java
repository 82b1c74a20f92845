package dev.liftoff.activities.traffic;

import dev.liftoff.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real proxy on a free port of this machine, ended by its process id. */
final class ProxyProcess implements AutoCloseable {
  private final int port;
  private final Path log;
  private final List<String> command;
  private Process process;

  /** Starts it with a configuration whose {{names}} are filled in. */
  ProxyProcess(Path folder, String configuration, Map<String, Object> names, String... command)
      throws IOException {
    requireInstalled(Path.of(command[0]));
    this.port = freePort();
    this.log = folder.resolve("output.log");
    Path file = folder.resolve(configuration);
    Files.writeString(file, filled(configuration, names));
    this.command =
        List.of(String.join(" ", command).replace("{{file}}", file.toString()).split(" "));
    start();
  }

  int port() {
    return port;
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    awaitListening();
  }

  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException reason) {
      throw new IllegalStateException(reason);
    }
  }

  /** Stops and continues it as a whole: it keeps its connections and answers nothing. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    stop();
  }

  static int freePort() {
    return FreePort.find();
  }

  private String filled(String configuration, Map<String, Object> names) throws IOException {
    try (InputStream resource = getClass().getResourceAsStream("/traffic/" + configuration)) {
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      text = text.replace("{{port}}", Integer.toString(port));
      for (Map.Entry<String, Object> name : names.entrySet()) {
        text = text.replace("{{" + name.getKey() + "}}", name.getValue().toString());
      }
      return text;
    }
  }

  private void awaitListening() throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(command + " does not listen: " + Files.readString(log));
      }
      pause();
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException reason) {
      throw new IllegalStateException(reason);
    }
  }

  private static void requireInstalled(Path binary) {
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException(
          "%s is missing: install the package '%s'".formatted(binary, binary.getFileName()));
    }
  }
}
