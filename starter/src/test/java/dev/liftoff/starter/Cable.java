package dev.liftoff.starter;

import dev.liftoff.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server on this host, which can be cut, can hang, and can be mended. */
final class Cable implements AutoCloseable {
  private final int port;
  private final int server;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean hangs;
  private ServerSocket door;

  Cable(int server) throws IOException {
    this.server = server;
    port = FreePort.find();
    door = open();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Who connects is refused. */
  void cut() throws IOException {
    door.close();
    drop();
  }

  /** Who connects is accepted, and gets no answer. */
  void hang() throws IOException {
    hangs = true;
    drop();
  }

  void mend() throws IOException {
    hangs = false;
    drop();
    if (door.isClosed()) {
      door = open();
    }
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private void drop() throws IOException {
    for (Socket end : ends) {
      end.close();
    }
    ends.clear();
  }

  private ServerSocket open() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofVirtual().start(() -> accept(opened));
    return opened;
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket near = from.accept();
        ends.add(near);
        if (!hangs) {
          Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
          ends.add(far);
          Thread.ofVirtual().start(() -> carry(near, far));
          Thread.ofVirtual().start(() -> carry(far, near));
        }
      } catch (IOException closed) {
        // Cut, or the server is gone: whoever connects next finds out.
      }
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      // The other side is told by the closed socket.
    }
  }
}
