package dev.liftoff.activities.database.pace;

import dev.liftoff.activities.database.proxy.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * A way to the server through this process, at its pace: the bytes pass as they are, encrypted or
 * not. When this process ends, so does every connection through it, and with it whatever a child
 * process still reads.
 */
final class Relay implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final InetSocketAddress server;
  private final Duration connectLimit;
  private final Pace pace;
  private final Listener listener;

  Relay(InetSocketAddress server, Duration connectLimit, Pace pace) throws IOException {
    this.server = server;
    this.connectLimit = connectLimit;
    this.pace = pace;
    this.listener =
        new Listener(InetAddress.getLoopbackAddress(), InetAddress::isLoopbackAddress, this::serve);
  }

  String host() {
    return listener.host();
  }

  int port() {
    return listener.port();
  }

  /** Ends every connection. */
  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client, Listener.Open open) throws IOException {
    try (Socket live = new Socket()) {
      open.track(live).connect(server, Math.toIntExact(connectLimit.toMillis()));
      live.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      open.execute(() -> deliver(client, live));
      pass(live, client);
    }
  }

  private void deliver(Socket client, Socket live) {
    try {
      pass(client, live);
      live.shutdownOutput();
    } catch (IOException ended) {
      quietly(live);
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      await(count);
      out.write(buffer, 0, count);
    }
  }

  private void await(int count) throws IOException {
    try {
      pace.take(count);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the relay is closed");
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      // Nothing is left to close.
    }
  }
}
