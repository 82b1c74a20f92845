package dev.liftoff.starter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** What this host must have. */
final class HostCheckup {
  /** An engine that hangs accepts the connection and never answers. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private HostCheckup() {}

  static Finding java() {
    Runtime.Version version = Runtime.version();
    return version.feature() >= 25
        ? Finding.ok("java", version + " in " + System.getProperty("java.home"))
        : Finding.fail("java", version.toString(), "Install Java 25, or set JAVA_HOME to one");
  }

  static Finding docker(String socket) {
    String subject = "docker engine " + socket;
    try {
      String answer = within(() -> ping(address(socket)));
      return answer.startsWith("HTTP/1.1 200")
          ? Finding.ok(subject, "answers")
          : Finding.fail(
              subject,
              "answers " + answer.lines().findFirst().orElse("nothing"),
              "Look at its log");
    } catch (IOException | IllegalArgumentException trouble) {
      return Finding.fail(
          subject,
          String.valueOf(trouble.getMessage()),
          "Start it (systemctl start docker), or join the docker group, or name its socket with --docker");
    }
  }

  static Finding file(Path file) {
    String subject = "file " + file;
    if (!Files.exists(file)) {
      return Finding.fail(subject, "is not there", "Create it, or correct the path");
    }
    return Files.isReadable(file)
        ? Finding.ok(subject, "is readable")
        : Finding.fail(
            subject, "is not readable by " + System.getProperty("user.name"), "chmod or chown it");
  }

  static Finding socket(String socket) {
    String subject = "socket " + socket;
    try {
      within(() -> {
        try (SocketChannel channel = SocketChannel.open(address(socket))) {
          return channel.toString();
        }
      });
      return Finding.ok(subject, "accepts");
    } catch (IOException | IllegalArgumentException trouble) {
      return Finding.fail(
          subject,
          String.valueOf(trouble.getMessage()),
          "Start what listens there, or correct the address");
    }
  }

  private static String ping(SocketAddress address) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(
          ByteBuffer.wrap(
              "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(512);
      channel.read(answer);
      return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }
  }

  private static SocketAddress address(String socket) {
    String name = socket.replaceFirst("^(unix|tcp)://", "");
    if (name.startsWith("/")) {
      return UnixDomainSocketAddress.of(name);
    }
    int colon = name.lastIndexOf(':');
    if (colon < 1 || !name.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException("must be an absolute path or HOST:PORT");
    }
    return new InetSocketAddress(
        name.substring(0, colon), Integer.parseInt(name.substring(colon + 1)));
  }

  private static String within(Callable<String> work) throws IOException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread worker =
        Thread.startVirtualThread(() -> {
          try {
            answer.complete(work.call());
          } catch (Exception trouble) {
            answer.completeExceptionally(trouble);
          }
        });
    try {
      return answer.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      worker.interrupt();
      Throwable cause =
          String.valueOf(failed.getCause()).contains("Timeout") ? null : failed.getCause();
      throw new IOException(
          cause == null ? "does not answer within " + LIMIT.toSeconds() + " s" : said(cause),
          failed);
    }
  }

  private static String said(Throwable cause) {
    return cause instanceof java.nio.file.NoSuchFileException
            || cause instanceof java.net.SocketException
        ? String.valueOf(cause.getMessage())
        : cause.toString();
  }
}
