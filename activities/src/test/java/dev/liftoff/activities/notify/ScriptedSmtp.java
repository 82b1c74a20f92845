package dev.liftoff.activities.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A mail server that fails as mail servers do, which a polite one would not. */
final class ScriptedSmtp implements AutoCloseable {
  /** What it does; it takes mail otherwise. */
  enum Trouble {
    NONE,
    /** 421 as its first word, once. */
    BUSY_ONCE,
    /** 450 to the first RCPT, once, as greylisting does. */
    GREYLISTS_ONCE,
    /** 550 to whoever is named nobody. */
    KNOWS_NOT_NOBODY,
    /** Takes the text, and breaks the connection, once. */
    RESETS_AFTER_DATA_ONCE,
    /** Takes the text, and never says so, once. */
    HANGS_AFTER_DATA_ONCE
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<String> recipients = new CopyOnWriteArrayList<>();
  private volatile Trouble trouble;

  ScriptedSmtp(Trouble trouble) throws IOException {
    this.trouble = trouble;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  /** The text of each mail that it took, told or not. */
  List<String> mails() {
    return mails;
  }

  /** Whom it took mail for. */
  List<String> recipients() {
    return recipients;
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      OutputStream out = socket.getOutputStream();
      if (was(Trouble.BUSY_ONCE)) {
        say(out, "421 too many connections");
        return;
      }
      say(out, "220 scripted");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!answer(in, out, line.toUpperCase(Locale.ROOT))) {
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answer(BufferedReader in, OutputStream out, String line)
      throws IOException, InterruptedException {
    if (line.startsWith("RCPT") && was(Trouble.GREYLISTS_ONCE)) {
      say(out, "450 greylisted, come again");
    } else if (line.startsWith("RCPT")
        && trouble == Trouble.KNOWS_NOT_NOBODY
        && line.contains("NOBODY")) {
      say(out, "550 no such user");
    } else if (line.startsWith("RCPT")) {
      recipients.add(line.replaceFirst(".*<(.*)>.*", "$1").toLowerCase(Locale.ROOT));
      say(out, "250 ok");
    } else if (line.startsWith("DATA")) {
      say(out, "354 go on");
      mails.add(text(in));
      if (was(Trouble.RESETS_AFTER_DATA_ONCE)) {
        return false;
      }
      if (was(Trouble.HANGS_AFTER_DATA_ONCE)) {
        over.await();
      }
      say(out, "250 taken");
    } else if (line.startsWith("QUIT")) {
      say(out, "221 bye");
      return false;
    } else {
      say(out, "250 ok");
    }
    return true;
  }

  private synchronized boolean was(Trouble wanted) {
    boolean now = trouble == wanted;
    if (now) {
      trouble = Trouble.NONE;
    }
    return now;
  }

  private static String text(BufferedReader in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(UTF_8));
    out.flush();
  }
}
