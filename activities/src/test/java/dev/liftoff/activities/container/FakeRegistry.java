package dev.liftoff.activities.container;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
  private static final int TLS_HANDSHAKE = 0x16;
  private static final String UNKNOWN =
      "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}";
  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
  private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar";

  final String digest;
  final AtomicInteger refusals = new AtomicInteger();
  private final Map<String, byte[]> blobs = new HashMap<>();
  private final byte[] manifest;
  private final ServerSocket server;

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
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /** It answers 503 to the next so many requests. */
  void refusing(int requests) {
    refusals.set(requests);
  }

  String image(String tag) {
    return "127.0.0.1:" + server.getLocalPort() + "/shop:" + tag;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** One request, one answer. The engine tries TLS first: that is hung up on, or it waits 10 s. */
  private void answer(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      if (in.read() == TLS_HANDSHAKE) {
        return;
      }
      String[] request = in.readLine().split(" ", -1);
      while (!in.readLine().isEmpty()) {
        // A header.
      }
      Reply reply = reply(request[1]);
      OutputStream out = connection.getOutputStream();
      out.write(reply.head().getBytes(StandardCharsets.ISO_8859_1));
      if (!request[0].endsWith("EAD")) {
        out.write(reply.body());
      }
    } catch (IOException hungUp) {
      // The engine says what it makes of it.
    }
  }

  private Reply reply(String path) {
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return new Reply("503 Unavailable", "text/plain", "", bytes("in a moment"));
    }
    if (path.equals("/v2/")) {
      return new Reply("200 OK", "application/json", "", bytes("{}"));
    }
    if (path.equals("/v2/shop/manifests/v1") || path.endsWith(digest)) {
      return new Reply("200 OK", MANIFEST, digest, manifest);
    }
    byte[] blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
    return blob == null
        ? new Reply("404 Not Found", "application/json", "", bytes(UNKNOWN))
        : new Reply("200 OK", "application/octet-stream", "", blob);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Reply(String status, String type, String digest, byte[] body) {
    String head() {
      return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n"
          .formatted(
              status,
              type,
              body.length,
              digest.isEmpty() ? "" : "Docker-Content-Digest: " + digest + "\r\n");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
