package switching;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.traffic.HaproxyTraffic;
import dev.liftoff.activities.traffic.NginxTraffic;
import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.traffic.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import switching.Switching.Step;

/** A real proxy on a free port, with the demo's configuration, and the two ways to switch it. */
final class Proxy implements AutoCloseable {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/bench/v2/1");
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int[] STAGES = {0, 1, 10, 25, 50, 100};

  private final Process process;
  private final int port;
  private final Traffic ours;
  private final String rawName;
  private final Raw raw;

  /** What an operator would type, without a file, a check or a look at the result. */
  private interface Raw {
    void set(int green) throws IOException;
  }

  private Proxy(Process process, int port, Traffic ours, String rawName, Raw raw) throws Exception {
    this.process = process;
    this.port = port;
    this.ours = ours;
    this.rawName = rawName;
    this.raw = raw;
    // For a benchmark that is stopped half way.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    awaitListening();
  }

  static Proxy start(String name, Path repository, Path folder, Backends backends) throws Exception {
    int port = freePort();
    Path file = folder.resolve(name + ".conf");
    Path original = repository.resolve("deploy/demo/config").resolve(name.equals("nginx") ? "nginx.conf" : "haproxy.cfg");
    Files.writeString(file, here(Files.readString(original), folder, port, backends));
    return name.equals("nginx") ? nginx(file, folder, port) : haproxy(file, folder, port);
  }

  int port() {
    return port;
  }

  /** Ours there and back, then the raw way there and back. */
  List<Step> round() {
    return List.of(
        new Step("liftoff shift", Slot.GREEN, () -> ours.shift(LAUNCH, Slot.GREEN, Weight.ALL)),
        new Step("liftoff restore", Slot.BLUE, () -> ours.restore(LAUNCH, Slot.BLUE)),
        new Step(rawName, Slot.GREEN, () -> setRaw(100)),
        new Step(rawName, Slot.BLUE, () -> setRaw(0)));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static Proxy haproxy(Path file, Path folder, int port) throws Exception {
    Path map = folder.resolve("weight.map");
    Path socket = folder.resolve("haproxy.sock");
    Files.writeString(map, "green 0\n");
    return new Proxy(
        run(folder, "haproxy", "-db", "-f", file.toString()),
        port,
        new HaproxyTraffic(new HaproxyTraffic.Settings(map, socket, map.toString(), probe(port), LIMIT), Heartbeat.none()),
        "raw set map",
        green -> command(socket, "set map %s green %d\n".formatted(map, green)));
  }

  private static Proxy nginx(Path file, Path folder, int port) throws Exception {
    writeStages(folder);
    return new Proxy(
        run(folder, "nginx", "-p", folder + "/", "-c", file.toString()),
        port,
        new NginxTraffic(new NginxTraffic.Settings(folder, probe(port), LIMIT, Duration.ofMillis(200)), Heartbeat.none()),
        "raw symlink",
        green -> link(folder, green));
  }

  private void setRaw(int green) {
    try {
      raw.set(green);
    } catch (IOException reason) {
      throw new UncheckedIOException(reason);
    }
  }

  private static void command(Path socket, String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(command.getBytes(UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(256);
      while (channel.read(answer) >= 0) {}
      String text = new String(answer.array(), 0, answer.position(), UTF_8).strip();
      if (!text.isEmpty()) {
        throw new IOException(text);
      }
    }
  }

  private static void link(Path folder, int green) throws IOException {
    Path next = folder.resolve("raw.next");
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, Path.of("stages", Integer.toString(green)));
    Files.move(next, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void writeStages(Path folder) throws IOException {
    for (int stage : STAGES) {
      Path files = Files.createDirectories(folder.resolve("stages/" + stage));
      for (int bucket : STAGES) {
        if (bucket > 0 && bucket <= stage && Files.notExists(files.resolve("b" + bucket))) {
          Files.createFile(files.resolve("b" + bucket));
        }
      }
    }
    link(folder, 0);
  }

  /** The demo's containers become ports of this machine; nothing else changes. */
  private static String here(String configuration, Path folder, int port, Backends backends) throws IOException {
    String root = System.getProperty("user.name").equals("root") && configuration.contains("worker_processes") ? "user root;\n" : "";
    return root
        + configuration
            .replace("@NET@.11:8080", "127.0.0.1:" + backends.port(Slot.BLUE))
            .replace("@NET@.12:8080", "127.0.0.1:" + backends.port(Slot.GREEN))
            .replace("@NET@", "127.0.0")
            .replace("bind :8080", "bind 127.0.0.1:" + port)
            .replace("listen 8080", "listen 127.0.0.1:" + port)
            .replace("bind :8405", "bind 127.0.0.1:" + freePort())
            .replace("/traffic/", folder + "/")
            .replace(" /tmp/", " " + folder + "/");
  }

  private static Process run(Path folder, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("proxy.log").toFile())
        .start();
  }

  private void awaitListening() throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the proxy does not listen on port " + port + ": see proxy.log in the folder of the benchmark");
      }
      Thread.sleep(10);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static URI probe(int port) {
    return URI.create("http://127.0.0.1:" + port + "/health/ready");
  }
}
