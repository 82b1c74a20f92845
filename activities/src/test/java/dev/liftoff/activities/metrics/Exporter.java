package dev.liftoff.activities.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A service with two slots whose counters grow with every scrape. */
final class Exporter implements AutoCloseable {
  private static final int REQUESTS_PER_SCRAPE = 90;

  private final HttpServer server;
  private volatile boolean failing;
  private volatile boolean silent;
  private long good;
  private long bad;
  private long blue;

  Exporter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/metrics", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void servesWell() {
    failing = false;
    silent = false;
  }

  /** A third of the requests to green fail. */
  void fails() {
    failing = true;
    silent = false;
  }

  /** Does not answer a scrape any more. */
  void silent() {
    silent = true;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    if (silent) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    good += failing ? REQUESTS_PER_SCRAPE * 2 / 3 : REQUESTS_PER_SCRAPE;
    bad += failing ? REQUESTS_PER_SCRAPE / 3 : 0;
    blue += REQUESTS_PER_SCRAPE;
    byte[] page = page().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private String page() {
    return """
    # TYPE requests_total counter
    requests_total{service="shop",slot="green",code="200"} %d
    requests_total{service="shop",slot="green",code="500"} %d
    requests_total{service="shop",slot="blue",code="200"} %d
    """
        .formatted(good, bad, blue);
  }
}
