package dev.liftoff.activities.traffic;

import dev.liftoff.FailureType;
import dev.liftoff.plan.Durations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The proxy's statistics socket: one command and its answer per connection. */
final class HaproxySocket {
  private static final String DENIED = "Permission denied";
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path path;
  private final Duration limit;

  HaproxySocket(Path path, Duration limit) {
    this.path = path;
    this.limit = limit;
  }

  /** What the proxy answers, without the blank lines around it. */
  String ask(String command) {
    try {
      return exchange(command);
    } catch (IOException reason) {
      throw away(reason);
    }
  }

  /**
   * Never blocks, not even to connect: a proxy that hangs has a full backlog, and the wait for a
   * place in it has no limit.
   */
  private String exchange(String command) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    awaitSocket(deadline);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      channel.register(selector, SelectionKey.OP_READ);
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
      return readToEnd(channel, selector, deadline);
    }
  }

  /** A proxy that starts listens to clients a moment before it has its socket. */
  private void awaitSocket(long deadline) {
    while (Files.notExists(path) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private String readToEnd(SocketChannel channel, Selector selector, long deadline)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(16_384);
    while (channel.read(part) >= 0) {
      answer.write(part.array(), 0, part.position());
      if (part.position() == 0) {
        awaitMore(selector, deadline);
      }
      part.clear();
    }
    return answer.toString(StandardCharsets.UTF_8).strip();
  }

  private void awaitMore(Selector selector, long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new IOException("no answer within " + Durations.text(limit));
    }
    selector.select(millis);
    selector.selectedKeys().clear();
  }

  private RuntimeException away(IOException reason) {
    @Nullable String message = reason.getMessage();
    if (Files.notExists(path)) {
      return refused("does not exist: start the proxy with 'stats socket', or correct the path");
    }
    if (message != null && message.contains(DENIED)) {
      return refused("may not be opened by this user: let the worker run as the socket's owner");
    }
    return new UncheckedIOException(
        "the proxy does not answer on its socket %s: %s".formatted(path, message), reason);
  }

  private RuntimeException refused(String what) {
    return FailureType.TRAFFIC_REFUSED.permanent("the proxy's socket %s %s".formatted(path, what));
  }
}
