import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An open-loop load client on one thread: every request has its time, latency counts from then, and what is not a complete 2xx is a
 * failure. Nothing is sent twice. Prints one JSON line.
 */
public final class Load {
  /** A connection: resting when it has no request; leaving when its last answer is complete and only its end is awaited. */
  private static final class Connection {
    SocketChannel channel;
    SelectionKey key;
    Request request;
    Response response;
    boolean leaving;
  }

  private static final long TIMEOUT_NANOS = 15_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_OPEN = 8_192;

  private final Options options;
  private final Report report;
  private final Selector selector = Selector.open();
  private final Deque<Connection> resting = new ArrayDeque<>();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Set<Connection> busy = new LinkedHashSet<>();
  private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
  private int open;
  private volatile boolean stopped;

  private Load(Options options, Report report) throws IOException {
    this.options = options;
    this.report = report;
  }

  public static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException wrong) {
      System.err.println("load: " + wrong.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    try (Report report = new Report(options)) {
      Load load = new Load(options, report);
      load.stopOnSignal(Thread.currentThread());
      long began = System.nanoTime();
      load.run(began);
      System.out.println(report.summary((System.nanoTime() - began) / 1e9));
    } catch (FileSystemException unwritable) {
      System.err.println("load: cannot write " + unwritable.getMessage());
      System.exit(2);
    }
  }

  private void stopOnSignal(Thread main) {
    Thread hook =
        new Thread(
            () -> {
              stopped = true;
              try {
                main.join(16_000);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void run(long began) throws IOException {
    double interval = SECOND / options.rate();
    long issued = 0;
    long nextTick = began + SECOND;
    for (int i = 0; i < options.connections() && options.keepAlive() != Options.KeepAlive.OFF; i++) {
      connect(null);
    }
    while (true) {
      long now = System.nanoTime();
      long last = stopped ? issued : options.count();
      while (issued < last && now - began >= (long) (issued * interval)) {
        issue(Request.of(options, issued, began + (long) (issued * interval), now));
        issued++;
      }
      if (now >= nextTick) {
        report.tick(busy.size());
        expire(now);
        stopped |= options.stopFile() != null && Files.exists(options.stopFile());
        nextTick += SECOND;
      }
      if (issued >= last && busy.isEmpty() && waiting.isEmpty()) {
        break;
      }
      long due = issued < last ? began + (long) (issued * interval) : nextTick;
      select(Math.min(due, nextTick) - System.nanoTime());
    }
    report.tick(0);
  }

  private void select(long nanos) throws IOException {
    if (nanos <= 0) {
      selector.selectNow();
    } else {
      selector.select(Math.max(1, nanos / 1_000_000));
    }
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      serve((Connection) key.attachment());
    }
  }

  private void issue(Request request) throws IOException {
    report.sent();
    assign(request);
  }

  private void assign(Request request) throws IOException {
    Connection rested = request.keep() ? rested() : null;
    if (rested != null) {
      begin(rested, request);
      write(rested);
    } else if (open < MOST_OPEN) {
      connect(request);
    } else {
      waiting.add(request);
    }
  }

  /** The longest rested one that is still open: one that the proxy closed before we chose it is not a failure. */
  private Connection rested() throws IOException {
    for (Connection next = resting.pollFirst(); next != null; next = resting.pollFirst()) {
      if (next.channel.isOpen() && stillOpen(next)) {
        return next;
      }
      close(next);
    }
    return null;
  }

  private boolean stillOpen(Connection connection) {
    try {
      in.clear();
      return connection.channel.read(in) == 0;
    } catch (IOException closed) {
      return false;
    }
  }

  private void begin(Connection connection, Request request) {
    connection.request = request;
    connection.response = new Response();
    busy.add(connection);
  }

  private void connect(Request request) throws IOException {
    Connection connection = new Connection();
    connection.channel = SocketChannel.open();
    connection.channel.configureBlocking(false);
    connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    open++;
    if (request != null) {
      begin(connection, request);
    }
    try {
      boolean connected = connection.channel.connect(options.target());
      connection.key = connection.channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, connection);
      if (connected) {
        connected(connection);
      }
    } catch (IOException failed) {
      fail(connection, kind(failed));
    }
  }

  private void connected(Connection connection) throws IOException {
    if (connection.request == null) {
      connection.key.interestOps(SelectionKey.OP_READ);
      resting.addLast(connection);
    } else {
      write(connection);
    }
  }

  private void serve(Connection connection) throws IOException {
    try {
      if (!connection.key.isValid()) {
        return;
      }
      if (connection.key.isConnectable()) {
        connection.channel.finishConnect();
        connected(connection);
      } else if (connection.key.isWritable()) {
        write(connection);
      } else if (connection.key.isReadable()) {
        read(connection);
      }
    } catch (IOException failed) {
      fail(connection, kind(failed));
    }
  }

  private void write(Connection connection) throws IOException {
    try {
      connection.channel.write(connection.request.bytes());
      boolean all = !connection.request.bytes().hasRemaining();
      connection.key.interestOps(all ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    } catch (IOException failed) {
      fail(connection, kind(failed));
    }
  }

  private void read(Connection connection) throws IOException {
    in.clear();
    int count = connection.channel.read(in);
    if (connection.request == null) {
      resting.remove(connection);
      close(connection);
    } else if (count < 0 && connection.response.completeAtClose()) {
      complete(connection);
    } else if (count < 0) {
      fail(connection, connection.response.begun() ? "cut" : "eof");
    } else if (connection.response.take(in.array(), count)) {
      complete(connection);
    }
  }

  private void complete(Connection connection) throws IOException {
    Response response = connection.response;
    Request request = connection.request;
    report.done(new Report.Result(request, response.status, null, response.slot, response.version), System.nanoTime());
    busy.remove(connection);
    connection.request = null;
    // Where the answer ends the connection, its end is left to the other side: the port is then free for us at once.
    connection.leaving = !request.keep() || response.closes;
    if (!connection.leaving && waiting.isEmpty() && resting.size() < options.connections()) {
      resting.addLast(connection);
    } else if (!connection.leaving && !waiting.isEmpty() && waiting.peek().keep()) {
      begin(connection, waiting.poll());
      write(connection);
    } else if (!connection.leaving) {
      close(connection);
    }
  }

  private void fail(Connection connection, String kind) throws IOException {
    resting.remove(connection);
    if (connection.request != null) {
      report.done(new Report.Result(connection.request, 0, kind, connection.response.slot, connection.response.version), System.nanoTime());
      busy.remove(connection);
      connection.request = null;
    }
    close(connection);
  }

  private void close(Connection connection) throws IOException {
    if (connection.channel.isOpen()) {
      connection.channel.close();
      open--;
      if (!waiting.isEmpty() && open < MOST_OPEN) {
        assign(waiting.poll());
      }
    }
  }

  private void expire(long now) throws IOException {
    for (Connection connection : busy.toArray(Connection[]::new)) {
      if (now - connection.request.due() > TIMEOUT_NANOS) {
        fail(connection, "timeout");
      }
    }
    while (!waiting.isEmpty() && now - waiting.peek().due() > TIMEOUT_NANOS) {
      report.done(new Report.Result(waiting.poll(), 0, "timeout", null, null), now);
    }
  }

  private static String kind(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof ConnectException) {
      return message.contains("refused") ? "refused" : "connect";
    }
    return message.contains("reset") || message.contains("Broken pipe") ? "reset" : "io";
  }
}
