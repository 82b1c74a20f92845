package dev.liftoff.activities.database.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executor;

/** One connection of a container, and the one to the server that belongs to it. */
final class ProxySession implements AutoCloseable {
  private static final Duration STARTUP_LIMIT = Duration.ofSeconds(10);
  private static final int BUFFER = 16 * 1024;

  private final Socket client;
  private final Upstream upstream;
  private final Destination destination;
  private final SqlTally tally;
  private Socket server = new Socket();

  ProxySession(Socket client, Upstream upstream, Destination destination, SqlTally tally) {
    this.client = client;
    this.upstream = upstream;
    this.destination = destination;
    this.tally = tally;
  }

  /** The client has said what it wants, and the server has been told: at the destination. */
  Socket connect() throws IOException {
    client.setTcpNoDelay(true);
    client.setSoTimeout(Math.toIntExact(STARTUP_LIMIT.toMillis()));
    Startup startup = Startup.read(client.getInputStream(), client.getOutputStream());
    client.setSoTimeout(0);
    if (!startup.cancels() && !startup.opensSession()) {
      throw new ProtocolException("not a session in a database");
    }
    server = upstream.open();
    byte[] packet = startup.cancels() ? startup.packet() : startup.to(destination).packet();
    server.getOutputStream().write(packet);
    server.getOutputStream().flush();
    return server;
  }

  /** Until the server ends the connection; what the client still sends meanwhile is delivered. */
  void relay(Executor threads) throws IOException {
    threads.execute(this::deliver);
    ServerMessages messages = new ServerMessages(tally);
    InputStream in = server.getInputStream();
    OutputStream out = client.getOutputStream();
    if (upstream.encrypted()) {
      Authentication.withoutChannelBinding(in, messages, out);
    }
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      // First: what the client has received is counted, whatever happens next.
      messages.read(buffer, count);
      out.write(buffer, 0, count);
    }
  }

  private void deliver() {
    try {
      client.getInputStream().transferTo(server.getOutputStream());
      server.shutdownOutput();
    } catch (IOException ended) {
      close();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      client.close();
    } catch (IOException already) {
      // Nothing is left to close.
    }
  }
}
