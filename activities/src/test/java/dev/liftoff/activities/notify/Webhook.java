package dev.liftoff.activities.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook with moods, down to the socket: an HTTP server would be too polite to reset. */
final class Webhook implements AutoCloseable {
  enum Mood {
    OK,
    HANG,
    TRICKLE,
    ERROR_500,
    WAIT_60,
    WAIT_1,
    GONE_404,
    GARBAGE,
    RESET
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Deque<Mood> moods = new ArrayDeque<>(List.of(Mood.OK));
  private final CountDownLatch over = new CountDownLatch(1);

  Webhook() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  String url(String token) {
    return "http://127.0.0.1:" + server.getLocalPort() + "/services/" + token;
  }

  /** In this order; the last one stays. */
  synchronized void answering(Mood... next) {
    moods.clear();
    moods.addAll(List.of(next));
  }

  List<String> messages() {
    return messages;
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    over.countDown();
    try {
      server.close();
    } catch (IOException ignored) {
      throw new AssertionError(ignored);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      String message = body(socket.getInputStream());
      requests.incrementAndGet();
      Mood mood = mood();
      if (mood == Mood.OK) {
        messages.add(message);
      }
      switch (mood) {
        case OK -> send(socket, "200 OK", "", "ok");
        case ERROR_500 -> send(socket, "500 Oops", "", "oops");
        case WAIT_60 -> send(socket, "429 Slow", "Retry-After: 60\r\n", "rate_limited");
        case WAIT_1 -> send(socket, "429 Slow", "Retry-After: 1\r\n", "rate_limited");
        case GONE_404 -> send(socket, "404 Gone", "", "no_team");
        case GARBAGE -> send(socket, "200 OK", "", "<html>Please log in</html>");
        case RESET -> socket.setSoLinger(true, 0);
        case HANG -> over.await();
        case TRICKLE -> trickle(socket);
      }
    } catch (IOException | InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Mood mood() {
    return moods.size() > 1 ? moods.removeFirst() : moods.getFirst();
  }

  private void trickle(Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(UTF_8));
    while (!over.await(200, TimeUnit.MILLISECONDS)) {
      out.write('o');
      out.flush();
    }
  }

  private static void send(Socket socket, String status, String headers, String body)
      throws IOException {
    String answer =
        "HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, headers, body.length(), body);
    socket.getOutputStream().write(answer.getBytes(UTF_8));
  }

  private static String body(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    String length =
        head.toString()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("(?s).*content-length: (\\d+).*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
  }
}
