package dev.liftoff.activities.traffic;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Stands between adapter and proxy: passes every command on, but keeps the answers of changes. */
final class LosingRelay implements AutoCloseable {
  private final ServerSocketChannel server;
  private final HaproxySocket proxy;

  LosingRelay(Path path, Path proxySocket) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    proxy = new HaproxySocket(proxySocket, Duration.ofSeconds(2));
    Thread.startVirtualThread(this::serve);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    try {
      while (true) {
        pass(server.accept());
      }
    } catch (IOException closed) {
      // The sentence has ended.
    }
  }

  /** A change's connection stays open and silent, as when the network takes the answer. */
  private void pass(SocketChannel client) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1_024);
    client.read(buffer);
    String command = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    String answer = proxy.ask(command.strip());
    if (!command.startsWith("set ")) {
      client.write(ByteBuffer.wrap((answer + "\n\n").getBytes(StandardCharsets.UTF_8)));
      client.close();
    }
  }
}
