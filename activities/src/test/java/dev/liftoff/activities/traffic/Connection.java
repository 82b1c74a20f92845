package dev.liftoff.activities.traffic;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One client connection that never sends a request twice, so that no loss is hidden. */
final class Connection implements AutoCloseable {
  record Answer(int status, String slot) {}

  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(8_192);

  Connection(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** False when the proxy has closed the idle connection, which is its right. */
  boolean open() throws IOException {
    if (!channel.isOpen()) {
      return false;
    }
    channel.configureBlocking(false);
    int read = channel.read(buffer.clear());
    channel.configureBlocking(true);
    return read == 0;
  }

  Answer ask(String method, String path, boolean keep) throws IOException {
    String body = method.equals("POST") ? "{}" : "";
    String request =
        "%s %s HTTP/1.1\r\nHost: shop\r\nContent-Length: %d\r\nConnection: %s\r\n\r\n%s"
            .formatted(method, path, body.length(), keep ? "keep-alive" : "close", body);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    buffer.clear();
    String head = head();
    Answer answer = new Answer(Integer.parseInt(head.substring(9, 12)), value(head, "x-slot"));
    skip(head.length() + 4 + Integer.parseInt(value(head, "content-length")));
    if (!keep || value(head, "connection").equals("close")) {
      close();
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private String head() throws IOException {
    String text = "";
    while (!text.contains("\r\n\r\n")) {
      readMore();
      text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    }
    return text.substring(0, text.indexOf("\r\n\r\n"));
  }

  private void skip(int length) throws IOException {
    while (buffer.position() < length) {
      readMore();
    }
  }

  private void readMore() throws IOException {
    if (channel.read(buffer) < 0) {
      throw new EOFException("closed before the answer was complete");
    }
  }

  private static String value(String head, String header) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(header + ":"))
        .map(line -> line.substring(header.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
