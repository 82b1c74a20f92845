package dev.liftoff.activities.database.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The first packet of a connection (PostgreSQL documentation, "Message Formats": StartupMessage,
 * CancelRequest, SSLRequest, GSSENCRequest).
 */
final class Startup {
  static final int SSL_REQUEST = 80_877_103;
  private static final int CANCEL_REQUEST = 80_877_102;
  private static final int GSS_REQUEST = 80_877_104;
  private static final int HEAD = 8;

  /** The server's own limit, MAX_STARTUP_PACKET_LENGTH. */
  private static final int LONGEST = 10_000;

  private static final int MOST_REQUESTS = 2;
  private static final int PROTOCOL = 3;
  private static final Set<String> NO = Set.of("", "false", "off", "no", "0");

  /** Protocol version, or what is requested. */
  private final int code;

  /** Of the packet, after its length and code. */
  private final byte[] rest;

  private Startup(int code, byte[] rest) {
    this.code = code;
    this.rest = rest;
  }

  /** Declines every encryption until the client says what it came for. */
  static Startup read(InputStream from, OutputStream to) throws IOException {
    DataInputStream in = new DataInputStream(from);
    for (int requests = 0; requests <= MOST_REQUESTS; requests++) {
      Startup packet = packet(in);
      if (packet.code != SSL_REQUEST && packet.code != GSS_REQUEST) {
        return packet;
      }
      to.write('N');
      to.flush();
    }
    throw new ProtocolException("asks for encryption again and again");
  }

  private static Startup packet(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < HEAD || length > LONGEST) {
      throw new ProtocolException("a first packet of " + length + " bytes");
    }
    int code = in.readInt();
    byte[] rest = in.readNBytes(length - HEAD);
    if (rest.length < length - HEAD) {
      throw new EOFException();
    }
    return new Startup(code, rest);
  }

  boolean cancels() {
    return code == CANCEL_REQUEST;
  }

  /** It opens a session in a database; replication would read the whole server. */
  boolean opensSession() {
    return code >>> Short.SIZE == PROTOCOL
        && NO.contains(parameters().getOrDefault("replication", ""));
  }

  /** The same, led there. */
  Startup to(Destination destination) {
    Map<String, String> parameters = parameters();
    destination.fill(parameters);
    StringBuilder text = new StringBuilder();
    parameters.forEach((name, value) -> text.append(name).append('\0').append(value).append('\0'));
    return new Startup(code, text.append('\0').toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  byte[] packet() {
    return ByteBuffer.allocate(HEAD + rest.length)
        .putInt(HEAD + rest.length)
        .putInt(code)
        .put(rest)
        .array();
  }

  /** Byte for byte: their encoding is not known yet. */
  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    String[] texts = new String(rest, StandardCharsets.ISO_8859_1).split("\0", -1);
    for (int at = 0; at + 1 < texts.length && !texts[at].isEmpty(); at += 2) {
      parameters.put(texts[at], texts[at + 1]);
    }
    return parameters;
  }
}
