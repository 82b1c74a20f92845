package rollback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** What an operator would type at HAProxy's socket: no file, no check, no look at the result. */
record Proxy(Path socket) {
  void green(int weight) throws IOException {
    String answer = command("set map /traffic/weight.map green " + weight);
    if (!answer.isEmpty()) {
      throw new IOException(answer);
    }
  }

  private String command(String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((text + "\n").getBytes(UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(1024);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {}
      return new String(answer.array(), 0, answer.position(), UTF_8).strip();
    }
  }
}
