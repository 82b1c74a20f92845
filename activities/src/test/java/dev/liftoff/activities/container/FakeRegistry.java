package dev.liftoff.activities.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A registry on a loopback port with one image of one file, which this host cannot execute. */
final class FakeRegistry implements AutoCloseable {
  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
  private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar";

  final String digest;
  final AtomicInteger refusals = new AtomicInteger();
  private final Map<String, byte[]> blobs = new HashMap<>();
  private final byte[] manifest;
  private final HttpServer server;

  FakeRegistry(String architecture) throws IOException {
    byte[] layer = layer();
    byte[] config =
        """
        {"architecture":"%s","os":"linux","config":{"Cmd":["/app"]},
         "rootfs":{"type":"layers","diff_ids":["%s"]}}
        """
            .formatted(architecture, digestOf(layer))
            .getBytes(StandardCharsets.UTF_8);
    blobs.put(digestOf(layer), layer);
    blobs.put(digestOf(config), config);
    manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}
        """
            .formatted(MANIFEST, part(CONFIG, config), part(LAYER, layer))
            .getBytes(StandardCharsets.UTF_8);
    digest = digestOf(manifest);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/", this::answer);
    server.start();
  }

  /** It answers 503 to the next so many requests. */
  void refusing(int requests) {
    refusals.set(requests);
  }

  String image(String tag) {
    return "127.0.0.1:" + server.getAddress().getPort() + "/shop:" + tag;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      reply(exchange, 503, "text/plain", "in a moment".getBytes(StandardCharsets.UTF_8));
    } else if (path.equals("/v2/")) {
      reply(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    } else if (path.equals("/v2/shop/manifests/v1") || path.endsWith(digest)) {
      exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
      reply(exchange, 200, MANIFEST, manifest);
    } else {
      byte[] blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
      reply(exchange, blob == null ? 404 : 200, "application/octet-stream", blob);
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    byte[] sent =
        body == null
            ? "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"
                .getBytes(StandardCharsets.UTF_8)
            : body;
    exchange.getResponseHeaders().add("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().add("Content-Length", String.valueOf(sent.length));
    exchange.sendResponseHeaders(status, head ? -1 : sent.length);
    if (!head) {
      exchange.getResponseBody().write(sent);
    }
    exchange.close();
  }

  private static String part(String type, byte[] content) {
    return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"}"
        .formatted(type, content.length, digestOf(content));
  }

  /** A program for no processor at all. */
  private static byte[] layer() throws IOException {
    byte[] program = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry("app");
      entry.setMode(0755);
      entry.setSize(program.length);
      entry.setModTime(0);
      tar.putArchiveEntry(entry);
      tar.write(program);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static String digestOf(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
