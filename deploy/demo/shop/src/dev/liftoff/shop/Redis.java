package dev.liftoff.shop;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection to Redis: commands out in one write, replies in their order. */
final class Redis implements AutoCloseable {
  private static final int TIMEOUT_MS = 2_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  Redis(String host, int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  boolean alive() throws IOException {
    return "PONG".equals(send(List.of(List.of("PING"))).getFirst());
  }

  /** The replies; null is Redis' nil. */
  List<String> send(List<List<String>> commands) throws IOException {
    for (List<String> command : commands) {
      line("*" + command.size());
      for (String part : command) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        line("$" + bytes.length);
        out.write(bytes);
        line("");
      }
    }
    out.flush();
    List<String> replies = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      replies.add(reply());
    }
    return replies;
  }

  private void line(String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private String reply() throws IOException {
    String head = readLine();
    String rest = head.substring(1);
    return switch (head.charAt(0)) {
      case '+', ':' -> rest;
      case '-' -> throw new IOException("redis: " + rest);
      case '$' -> bulk(Integer.parseInt(rest));
      default -> throw new IOException("redis: unexpected reply " + head);
    };
  }

  private String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    readLine();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("redis closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
