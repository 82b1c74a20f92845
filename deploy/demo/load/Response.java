import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one answer as its bytes come: the head is kept, the body only counted. */
final class Response {
  private static final long UNTIL_CLOSE = Long.MAX_VALUE;

  private byte[] head = new byte[1024];
  private int length;
  private boolean inBody;
  private long missing;
  int status;
  String slot;
  String version;
  boolean closes;

  boolean begun() {
    return length > 0;
  }

  /** Takes these bytes; whether the answer is complete. */
  boolean take(byte[] bytes, int count) {
    int at = 0;
    while (!inBody && at < count) {
      append(bytes[at++]);
      if (length >= 4 && head[length - 1] == '\n' && head[length - 2] == '\r' && head[length - 3] == '\n') {
        readHead();
      }
    }
    if (inBody && missing != UNTIL_CLOSE) {
      missing -= count - at;
    }
    return inBody && missing <= 0;
  }

  /** The other side closed: complete only when the answer had no length of its own. */
  boolean completeAtClose() {
    return inBody && missing == UNTIL_CLOSE;
  }

  private void append(byte next) {
    if (length == head.length) {
      head = Arrays.copyOf(head, length * 2);
    }
    head[length++] = next;
  }

  private void readHead() {
    String[] lines = new String(head, 0, length, StandardCharsets.ISO_8859_1).split("\r\n");
    status = Integer.parseInt(lines[0].substring(9, 12));
    if (status == 100) {
      length = 0;
      return;
    }
    inBody = true;
    missing = UNTIL_CLOSE;
    closes = lines[0].startsWith("HTTP/1.0");
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String value = lines[i].substring(colon + 1).strip();
      switch (lines[i].substring(0, colon).toLowerCase(java.util.Locale.ROOT)) {
        case "content-length" -> missing = Long.parseLong(value);
        case "connection" -> closes |= value.equalsIgnoreCase("close");
        case "x-slot" -> slot = value;
        case "x-version" -> version = value;
        default -> {}
      }
    }
    closes |= missing == UNTIL_CLOSE;
  }
}
