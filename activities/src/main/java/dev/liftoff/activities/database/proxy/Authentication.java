package dev.liftoff.activities.database.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first answer of a server that is reached encrypted: it offers to bind the password to the
 * encrypted channel, which ends at the proxy. libpq refuses such an offer on a plain connection, so
 * it is taken out; the password's own proof passes as it is.
 */
final class Authentication {
  private static final String BINDING = "SCRAM-SHA-256-PLUS";
  private static final int SASL = 10;
  private static final int LENGTH_AND_CODE = 8;
  private static final int LONGEST = 30_000;

  private Authentication() {}

  static void withoutChannelBinding(InputStream from, ServerMessages messages, OutputStream to)
      throws IOException {
    DataInputStream in = new DataInputStream(from);
    int type = in.read();
    if (type < 0) {
      throw new EOFException();
    }
    int length = in.readInt();
    if (length < Integer.BYTES || length > LONGEST) {
      throw new ProtocolException("a first answer of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length - Integer.BYTES);
    byte[] answer = message(type, type == 'R' ? plain(body) : body);
    messages.read(answer, answer.length);
    to.write(answer);
  }

  private static byte[] plain(byte[] body) {
    ByteBuffer buffer = ByteBuffer.wrap(body);
    if (body.length < LENGTH_AND_CODE || buffer.getInt() != SASL) {
      return body;
    }
    String offered =
        new String(body, Integer.BYTES, body.length - Integer.BYTES, StandardCharsets.US_ASCII);
    byte[] rest = offered.replace(BINDING + "\0", "").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Integer.BYTES + rest.length).putInt(SASL).put(rest).array();
  }

  private static byte[] message(int type, byte[] body) {
    return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
        .put((byte) type)
        .putInt(Integer.BYTES + body.length)
        .put(body)
        .array();
  }
}
