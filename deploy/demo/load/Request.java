import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One request, due at a fixed time whatever became of those before it. The id is that of an order; null for a GET. */
record Request(long due, long sent, String id, boolean keep, ByteBuffer bytes) {

  static Request of(Options options, long index, long due, long now) {
    boolean post = (index + 1) * options.postPercent() / 100 != index * options.postPercent() / 100;
    boolean keep = options.keepAlive().keeps(index);
    String id = post ? options.run() + "-" + index : null;
    String body = post ? "{\"id\":\"" + id + "\",\"item\":" + (1 + index % 50) + ",\"quantity\":" + (1 + index % 9) + "}" : "";
    String head =
        (post ? "POST /orders" : "GET /items")
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Load-Run: " + options.run()
            + (keep ? "" : "\r\nConnection: close")
            + (post ? "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() : "")
            + "\r\n\r\n";
    return new Request(due, now, id, keep, ByteBuffer.wrap((head + body).getBytes(StandardCharsets.US_ASCII)));
  }

  String method() {
    return id == null ? "GET" : "POST";
  }
}
