package switching;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.liftoff.container.Slot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Blue and green as two light servers: what is measured is the proxy and the switch, not a shop. */
final class Backends implements AutoCloseable {
  /** The run of the load client that counts; the one that warms up has another name. */
  static final String COUNTED = "switching";

  private static final int BACKLOG = 4096;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Map<Slot, HttpServer> servers = new EnumMap<>(Slot.class);
  private final AtomicLong executed = new AtomicLong();
  private volatile Slot watched = Slot.BLUE;
  private volatile long first;

  Backends() throws IOException {
    for (Slot slot : Slot.values()) {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", exchange -> answer(exchange, slot));
      server.start();
      servers.put(slot, server);
    }
  }

  int port(Slot slot) {
    return servers.get(slot).getAddress().getPort();
  }

  /** Requests of the load client that have run here. */
  long executed() {
    return executed.get();
  }

  /** From now on the first request of a client in this slot is noted. */
  void watch(Slot slot) {
    watched = slot;
    first = 0;
  }

  /** When it came, on the clock of nanoTime. */
  long firstRequest() throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (first == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no request reached " + watched + " within " + LIMIT);
      }
      Thread.sleep(1);
    }
    return first;
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.stop(0));
  }

  private void answer(HttpExchange exchange, Slot slot) throws IOException {
    try (exchange) {
      if (COUNTED.equals(exchange.getRequestHeaders().getFirst("X-Load-Run"))) {
        count(slot);
      }
      exchange.getRequestBody().readAllBytes();
      byte[] body = slot.word().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("X-Slot", slot.word());
      exchange.getResponseHeaders().set("X-Version", "bench");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void count(Slot slot) {
    executed.incrementAndGet();
    if (first == 0 && slot == watched) {
      first = System.nanoTime();
    }
  }
}
