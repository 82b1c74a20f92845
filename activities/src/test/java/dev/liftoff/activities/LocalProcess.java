package dev.liftoff.activities;

import dev.liftoff.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real server that a test starts on a free loopback port, and ends. */
public final class LocalProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private LocalProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it in its folder, where its output goes too; fails when the program is not installed.
   */
  public static LocalProcess start(Path folder, List<String> command) {
    Path program = Path.of(command.getFirst());
    if (!Files.isExecutable(program)) {
      throw new AssertionError(
          program + " is missing: install its Debian package, this test needs it");
    }
    Path log = folder.resolve(program.getFileName() + ".log");
    try {
      return new LocalProcess(
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start(),
          log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public LocalProcess awaitPort(int port) {
    Waiting.until(
        "port " + port + " is open, see " + log,
        Duration.ofSeconds(90),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + ": " + output());
          }
          return isOpen(port);
        });
    return this;
  }

  /** For a program that does its work and ends. */
  public void awaitEnd(Duration limit) {
    Waiting.until("it has ended, see " + log, limit, () -> !process.isAlive());
    if (process.exitValue() != 0) {
      throw new AssertionError("ended with " + process.exitValue() + ": " + output());
    }
  }

  /** Ends it without a chance to tidy up. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).exceptionally(_ -> process).join();
    kill();
  }

  public static int freePort() {
    return FreePort.find();
  }

  private String output() {
    try {
      return Files.readString(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
