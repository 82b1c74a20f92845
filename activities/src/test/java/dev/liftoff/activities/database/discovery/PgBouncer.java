package dev.liftoff.activities.database.discovery;

import dev.liftoff.FreePort;
import dev.liftoff.activities.database.PostgresCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real pooler before a cluster, in transaction mode, on a free port of the loopback interface.
 */
record PgBouncer(Process process, int port) implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final long START_LIMIT = TimeUnit.SECONDS.toNanos(90);

  static PgBouncer before(PostgresCluster cluster, Path folder, String ignored) throws Exception {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IllegalStateException(PROGRAM + " is missing; install the package pgbouncer");
    }
    int port = freePort();
    Path settings = Files.createTempFile("liftoff-pgbouncer", ".ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=127.0.0.1 port=%d user=shop password=%s
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        ignore_startup_parameters = %s
        """
            .formatted(cluster.port(), PostgresCluster.PASSWORD, port, ignored));
    settings.toFile().setReadable(true, false);
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.addAll(List.of(PROGRAM.toString(), settings.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    awaitPort(port, process, folder.resolve("pgbouncer.log"));
    return new PgBouncer(process, port);
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void awaitPort(int port, Process process, Path log) throws Exception {
    long limit = System.nanoTime() + START_LIMIT;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException starting) {
        if (!process.isAlive() || System.nanoTime() > limit) {
          throw new IllegalStateException(Files.readString(log), starting);
        }
        Thread.sleep(20);
      }
    }
  }

  private static int freePort() {
    return FreePort.find();
  }
}
