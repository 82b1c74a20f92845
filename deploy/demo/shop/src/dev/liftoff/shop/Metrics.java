package dev.liftoff.shop;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Requests of customers, counted and timed, as Prometheus text. Probes and scrapes are not among them. */
final class Metrics {
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 10
  };

  private static final class Histogram {
    final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    final LongAdder nanos = new LongAdder();

    Histogram() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void record(long took) {
      int bucket = 0;
      while (bucket < BOUNDS.length && took > BOUNDS[bucket] * 1e9) {
        bucket++;
      }
      buckets[bucket].increment();
      nanos.add(took);
    }
  }

  final AtomicInteger inFlight = new AtomicInteger();
  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, Histogram> durations = new ConcurrentSkipListMap<>();
  private final String version;

  Metrics(String version) {
    this.version = version;
    // Known from the start: a rate over a series that appears late would miss its first requests.
    for (String route : new String[] {"GET /items", "POST /orders"}) {
      requests.computeIfAbsent(key(route, 200), _ -> new LongAdder());
      requests.computeIfAbsent(key(route, 500), _ -> new LongAdder());
      durations.computeIfAbsent(labels(route), _ -> new Histogram());
    }
  }

  void record(String route, int code, long nanos) {
    requests.computeIfAbsent(key(route, code), _ -> new LongAdder()).increment();
    durations.computeIfAbsent(labels(route), _ -> new Histogram()).record(nanos);
  }

  private static String labels(String route) {
    String[] parts = route.split(" ", 2);
    return "method=\"%s\",route=\"%s\"".formatted(parts[0], parts[1]);
  }

  private static String key(String route, int code) {
    return labels(route) + ",code=\"" + code + "\"";
  }

  String text() {
    StringBuilder text = new StringBuilder("# TYPE http_requests_total counter\n");
    requests.forEach((labels, count) -> line(text, "http_requests_total", labels, count.sum()));
    text.append("# TYPE http_request_duration_seconds histogram\n");
    durations.forEach((labels, histogram) -> lines(text, labels, histogram));
    text.append("# TYPE shop_in_flight gauge\nshop_in_flight ").append(inFlight.get());
    text.append("\n# TYPE shop_build_info gauge\n");
    line(text, "shop_build_info", "version=\"" + version + "\"", 1);
    return text.toString();
  }

  private static void lines(StringBuilder text, String labels, Histogram histogram) {
    long count = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      count += histogram.buckets[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      line(text, "http_request_duration_seconds_bucket", labels + ",le=\"" + bound + "\"", count);
    }
    line(text, "http_request_duration_seconds_sum", labels, histogram.nanos.sum() / 1e9);
    line(text, "http_request_duration_seconds_count", labels, count);
  }

  private static void line(StringBuilder text, String name, String labels, Number value) {
    text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }
}
