package dev.liftoff.activities.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.liftoff.container.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A version of the service: says in which slot it is. A request for /held waits to be released. */
final class Backend implements AutoCloseable {
  static {
    // Without it the JDK's server answers each request of a kept connection 40 ms late.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Slot slot;
  private final HttpServer server;
  private final AtomicLong executed = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final CountDownLatch release = new CountDownLatch(1);

  Backend(Slot slot) {
    this.slot = slot;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException reason) {
      throw new UncheckedIOException(reason);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.createContext("/held", this::answerWhenReleased);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  long executed() {
    return executed.get();
  }

  /** Requests that wait to be released. */
  long held() {
    return held.get();
  }

  void release() {
    release.countDown();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }

  private void answerWhenReleased(HttpExchange exchange) throws IOException {
    held.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException reason) {
      throw new IOException(reason);
    }
    answer(exchange);
  }

  private void answer(HttpExchange exchange) throws IOException {
    executed.incrementAndGet();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = slot.word().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("X-Slot", slot.word());
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
