import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts every request once: complete and 2xx, or failed and how. */
final class Report implements AutoCloseable {
  /** What became of a request: a status, or a failure such as refused, reset, eof, cut, timeout. */
  record Result(Request request, int status, String failure, String slot, String version) {
    boolean ok() {
      return failure == null && status >= 200 && status < 300;
    }

    String word() {
      return failure == null ? "status-" + status : failure;
    }
  }

  private static final class Share {
    long ok;
    long failed;
    long firstMicros;
    long lastMicros;
  }

  private static final int SAMPLES = 10;

  private final Options options;
  private final BufferedWriter ids;
  private final BufferedWriter progress;
  private final BufferedWriter trace;
  /** Micros since 1970 when nanoTime was 0. */
  private final long epoch = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - System.nanoTime() / 1000;

  private final Histogram latency = new Histogram();
  private Histogram second = new Histogram();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Share> slots = new TreeMap<>();
  private final Map<String, Share> versions = new TreeMap<>();
  private final List<String> samples = new ArrayList<>();
  private final Map<String, Long> secondSlots = new TreeMap<>();
  private long sent;
  private long ok;
  private long failed;
  private long acknowledged;
  private long secondSent;
  private long secondFailed;
  private long seconds;

  Report(Options options) throws IOException {
    this.options = options;
    ids = open(options.idsFile());
    progress = open(options.progressFile());
    trace = open(options.traceFile());
  }

  private static BufferedWriter open(Path path) throws IOException {
    return path == null ? null : Files.newBufferedWriter(path);
  }

  void sent() {
    sent++;
    secondSent++;
  }

  void done(Result result, long now) throws IOException {
    Request request = result.request();
    long micros = (now - request.due()) / 1000;
    String slot = result.slot() == null ? "none" : result.slot();
    count(slots.computeIfAbsent(slot, _ -> new Share()), result.ok(), now);
    count(versions.computeIfAbsent(result.version() == null ? "none" : result.version(), _ -> new Share()), result.ok(), now);
    latency.record(micros);
    second.record(micros);
    secondSlots.merge(slot, 1L, Long::sum);
    if (result.ok()) {
      ok++;
      acknowledge(request);
    } else {
      failed++;
      secondFailed++;
      failures.merge(result.word(), 1L, Long::sum);
      if (samples.size() < SAMPLES) {
        samples.add("\"%s at %d ms, %s %s after %d us\"".formatted(result.word(), wall(now) / 1000, request.method(), slot, micros));
      }
    }
    if (trace != null) {
      trace.write(
          wall(request.due()) + " " + wall(request.sent()) + " " + wall(now) + " " + (result.failure() == null ? result.status() : result.failure())
              + " " + slot + " " + result.version() + " " + (request.id() == null ? "-" : request.id()) + "\n");
    }
  }

  private void acknowledge(Request request) throws IOException {
    if (request.id() == null) {
      return;
    }
    acknowledged++;
    if (ids != null) {
      ids.write(request.id() + "\n");
    }
  }

  private void count(Share share, boolean good, long now) {
    share.ok += good ? 1 : 0;
    share.failed += good ? 0 : 1;
    share.firstMicros = share.firstMicros == 0 ? wall(now) : share.firstMicros;
    share.lastMicros = wall(now);
  }

  private long wall(long nanos) {
    return epoch + nanos / 1000;
  }

  /** Once a second. */
  void tick(int inFlight) throws IOException {
    seconds++;
    if (progress != null) {
      progress.write(
          "{\"t\":%d,\"second\":%d,\"sent\":%d,\"failed\":%d,\"blue\":%d,\"green\":%d,\"inFlight\":%d,\"p99Ms\":%.1f,\"totalSent\":%d,\"totalFailed\":%d}\n"
              .formatted(
                  System.currentTimeMillis(), seconds, secondSent, secondFailed, secondSlots.getOrDefault("blue", 0L),
                  secondSlots.getOrDefault("green", 0L), inFlight, second.percentile(0.99), sent, failed));
      progress.flush();
    }
    if (ids != null) {
      ids.flush();
    }
    second = new Histogram();
    secondSlots.clear();
    secondSent = 0;
    secondFailed = 0;
  }

  String summary(double seconds) {
    return "{\"run\":\"%s\",\"seconds\":%.1f,\"sent\":%d,\"ok\":%d,\"failed\":%d,\"failures\":{%s},\"acknowledged\":%d,\"slots\":{%s},\"versions\":{%s},"
            .formatted(options.run(), seconds, sent, ok, failed, counts(), acknowledged, shares(slots), shares(versions))
        + "\"latencyMs\":{\"p50\":%.1f,\"p95\":%.1f,\"p99\":%.1f,\"max\":%.1f},\"samples\":[%s]}"
            .formatted(latency.percentile(0.5), latency.percentile(0.95), latency.percentile(0.99), latency.max(), String.join(",", samples));
  }

  private String counts() {
    return failures.entrySet().stream().map(e -> "\"" + e.getKey() + "\":" + e.getValue()).collect(Collectors.joining(","));
  }

  private static String shares(Map<String, Share> shares) {
    return shares.entrySet().stream()
        .map(
            e ->
                "\"%s\":{\"ok\":%d,\"failed\":%d,\"firstMs\":%d,\"lastMs\":%d}"
                    .formatted(e.getKey(), e.getValue().ok, e.getValue().failed, e.getValue().firstMicros / 1000, e.getValue().lastMicros / 1000))
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() throws IOException {
    for (BufferedWriter writer : new BufferedWriter[] {ids, progress, trace}) {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
