package dev.liftoff.starter;

import io.temporal.testserver.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Walks the ways of the command line once, in a Temporal of its own, so that an archive of the
 * classes that it loads can be made. Used by the {@code liftoff} script after a build.
 */
final class Training {
  private static final String LAUNCH = "shop/production";

  private Training() {}

  public static void main(String[] args) throws IOException {
    Path plan = Files.createTempFile("liftoff-training", ".yaml");
    int port = freePort();
    try (TestServer.PortBoundTestServer _ = TestServer.createPortBoundServer(port, true)) {
      try (var reference =
          dev.liftoff.plan.PlanReader.class.getResourceAsStream("reference.yaml")) {
        Files.write(plan, java.util.Objects.requireNonNull(reference).readAllBytes());
      }
      walk("127.0.0.1:" + port, plan.toString());
    } finally {
      Files.delete(plan);
    }
    System.exit(0);
  }

  private static void walk(String address, String plan) {
    run(address, "--help");
    run(address, "validate", plan);
    run(address, "start", plan);
    run(address, "status", LAUNCH);
    run(address, "hold", LAUNCH);
    run(address, "list", "-o", "json");
    run(address, "doctor");
  }

  private static void run(String address, String... line) {
    String[] args = new String[line.length + 4];
    System.arraycopy(line, 0, args, 0, line.length);
    System.arraycopy(
        new String[] {"--address", address, "--command-timeout", "500ms"}, 0, args, line.length, 4);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader("")),
            nowhere,
            nowhere,
            Map.of(),
            false,
            InstantSource.system());
    var _ = Liftoff.run(terminal, args);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
