package dev.liftoff.activities.metrics;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Answers each question with what it is told to. */
final class FakePrometheus implements AutoCloseable {
  private final HttpServer server;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile UnaryOperator<String> answers = _ -> "";
  private volatile boolean hanging;

  FakePrometheus() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String question =
              URLDecoder.decode(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                  StandardCharsets.UTF_8);
          hang();
          byte[] body = answers.apply(question).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it says to a question, by its text. */
  FakePrometheus answering(UnaryOperator<String> body) {
    answers = body;
    return this;
  }

  /** From now on a query takes for ever. */
  FakePrometheus hangs() {
    hanging = true;
    return this;
  }

  static String data(String type, String result) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}"
        .formatted(type, result);
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }

  private void hang() {
    try {
      if (hanging) {
        over.await();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
