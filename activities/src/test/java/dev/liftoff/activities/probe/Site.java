package dev.liftoff.activities.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A web service that answers in different ways. */
final class Site implements AutoCloseable {
  private final HttpServer server;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger abreast = new AtomicInteger();
  final AtomicInteger mostAbreast = new AtomicInteger();
  final ConcurrentMap<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  Site() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String line = exchange.getRequestMethod() + " " + path;
    requests.computeIfAbsent(line, _ -> new AtomicInteger()).incrementAndGet();
    switch (path) {
      case "/echo" -> send(exchange, 201, echo(exchange));
      case "/broken" -> send(exchange, 500, "{\"status\":\"DOWN\"}");
      case "/text" -> send(exchange, 200, "all fine");
      case "/huge" -> send(exchange, 200, "x".repeat(2_000_000));
      case "/moved" -> moved(exchange);
      case "/slow" -> slow(exchange, 400);
      case "/warm" -> countedSlow(exchange);
      case "/hang" -> slow(exchange, 60_000);
      default -> send(exchange, 200, "{\"status\":\"UP\",\"pool\":{\"idle\":3}}");
    }
  }

  /** Leaves the count before it answers: with the answer the client may begin the next request. */
  private void countedSlow(HttpExchange exchange) throws IOException {
    mostAbreast.accumulateAndGet(abreast.incrementAndGet(), Math::max);
    try {
      over.await(5, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      abreast.decrementAndGet();
    }
    send(exchange, 200, "{\"status\":\"UP\",\"pool\":{\"idle\":3}}");
  }

  private static String echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return "{\"method\":\"%s\",\"slot\":\"%s\",\"body\":%s}"
        .formatted(
            exchange.getRequestMethod(),
            exchange.getRequestHeaders().getFirst("X-Slot"),
            body.isEmpty() ? "null" : body);
  }

  private static void moved(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Location", "/");
    send(exchange, 302, "");
  }

  private void slow(HttpExchange exchange, long millis) throws IOException {
    try {
      if (over.await(millis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    send(exchange, 200, "{}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
