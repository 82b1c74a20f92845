package dev.liftoff.activities.database.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads along in what the server sends on one connection, in whatever pieces it comes. A message is
 * a type, a length, and a body; of the few that matter a bounded part of the body is kept.
 */
final class ServerMessages {
  private static final int HEAD = 5;
  private static final int LENGTH_ITSELF = 4;
  private static final int LONGEST_KEPT = 8192;
  private static final byte[] NONE = {};
  private static final String MATTERING = "ECZK";

  private final SqlTally tally;
  private final byte[] head = new byte[HEAD];
  private int headRead;
  private byte[] kept = NONE;
  private int keptRead;
  private int missing;
  private boolean lost;
  private boolean copyIn;
  private boolean ready;
  private final Commits commits;

  ServerMessages(SqlTally tally) {
    this.tally = tally;
    this.commits = new Commits(tally.events());
  }

  void read(byte[] bytes, int length) {
    int at = 0;
    while (at < length && !lost) {
      at += headRead < HEAD ? readHead(bytes, at, length - at) : readBody(bytes, at, length - at);
    }
  }

  private int readHead(byte[] bytes, int at, int available) {
    int count = Math.min(HEAD - headRead, available);
    System.arraycopy(bytes, at, head, headRead, count);
    headRead += count;
    if (headRead == HEAD) {
      beginBody(ByteBuffer.wrap(head).getInt(1) - LENGTH_ITSELF);
    }
    return count;
  }

  private void beginBody(int length) {
    lost = length < 0 || !Character.isLetterOrDigit(head[0]);
    if (lost) {
      tally.unreadable();
      return;
    }
    missing = length;
    kept = matters() ? new byte[Math.min(length, LONGEST_KEPT)] : NONE;
    keptRead = 0;
    endBodyWhenComplete();
  }

  private int readBody(byte[] bytes, int at, int available) {
    int count = Math.min(missing, available);
    int keep = Math.min(count, kept.length - keptRead);
    System.arraycopy(bytes, at, kept, keptRead, keep);
    keptRead += keep;
    missing -= count;
    endBodyWhenComplete();
    return count;
  }

  private void endBodyWhenComplete() {
    if (missing == 0) {
      headRead = 0;
      take();
    }
  }

  private boolean matters() {
    return MATTERING.indexOf(head[0]) >= 0;
  }

  private void take() {
    switch (head[0]) {
      case 'E' -> {
        tally.error(ErrorFields.of(kept));
        commits.failed();
      }
      case 'C' -> completed(text(kept));
      case 's' -> tally.completed("PORTAL");
      case 'G' -> copyIn = true;
      case 'K' -> begun();
      case 'Z' -> ready();
      default -> {}
    }
  }

  private void completed(String tag) {
    // COPY to the client has the same tag as COPY from it.
    String known = tag.startsWith("COPY") && !copyIn ? "COPY" : tag;
    tally.completed(known);
    commits.completed(known);
    copyIn = false;
  }

  private void begun() {
    if (kept.length >= Integer.BYTES) {
      tally.events().opened(ByteBuffer.wrap(kept).getInt());
    }
  }

  private void ready() {
    countOnce();
    if (kept.length > 0) {
      commits.ready((char) kept[0]);
    }
  }

  private void countOnce() {
    if (!ready) {
      tally.connected();
      ready = true;
    }
    copyIn = false;
  }

  private static String text(byte[] body) {
    int end = body.length > 0 && body[body.length - 1] == 0 ? body.length - 1 : body.length;
    return new String(body, 0, end, StandardCharsets.ISO_8859_1);
  }
}
