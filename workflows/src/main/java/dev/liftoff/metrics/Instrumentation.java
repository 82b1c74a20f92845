package dev.liftoff.metrics;

import dev.liftoff.Word;
import org.jspecify.annotations.Nullable;

/**
 * Names and labels of the counters that the usual instrumentations have. The slot is a label that
 * the scrape configuration gives, except where the proxy's own names tell it.
 */
public enum Instrumentation {
  /**
   * HAProxy's own exporter: responses by backend, and the backends are named blue and green. Needs
   * nothing in the service, and counts what a crashed server did not answer.
   */
  HAPROXY("haproxy_backend_http_responses_total", "proxy=\"{slot}\"", "code=\"5xx\"", null),
  /** nginx with the module vts; the upstreams are named blue and green. */
  NGINX(
      "nginx_vts_upstream_requests_total",
      "code!=\"total\",upstream=\"{slot}\"",
      "code=\"5xx\"",
      null),
  /**
   * Spring Boot with Micrometer. It has buckets where {@code
   * management.metrics.distribution.percentiles-histogram.http.server.requests} is true.
   */
  SPRING(
      "http_server_requests_seconds_count",
      "slot=\"{slot}\"",
      "status=~\"5..\"",
      "http_server_requests_seconds_bucket"),
  /**
   * FastAPI with prometheus-fastapi-instrumentator. Its histogram by handler has three boundaries
   * only; the other one has twenty.
   */
  FASTAPI(
      "http_requests_total",
      "slot=\"{slot}\"",
      "status=~\"5..\"",
      "http_request_duration_highr_seconds_bucket"),
  /** Starlette with starlette_exporter. */
  STARLETTE(
      "starlette_requests_total",
      "slot=\"{slot}\"",
      "status_code=~\"5..\"",
      "starlette_request_duration_seconds_bucket"),
  /** Go with the names of promhttp's example. */
  GO(
      "http_requests_total",
      "slot=\"{slot}\"",
      "code=~\"5..\"",
      "http_request_duration_seconds_bucket");

  private final String requests;
  private final String slot;
  private final String errors;
  private final @Nullable String durations;

  Instrumentation(String requests, String slot, String errors, @Nullable String durations) {
    this.requests = requests;
    this.slot = slot;
    this.errors = errors;
    this.durations = durations;
  }

  public static Instrumentation of(String word) {
    return Word.read(Instrumentation.class, word);
  }

  public String word() {
    return Word.of(this);
  }

  /**
   * All requests.
   *
   * @param matching more matchers; with {@code {slot}} they tell the slots apart instead of ours
   */
  public String requests(String matching) {
    return selector(requests, matching);
  }

  /** Which of them failed. */
  public String errors() {
    return errors;
  }

  /** Their durations in buckets; null where there are none. */
  public @Nullable String durations(String matching) {
    return durations == null ? null : selector(durations, matching);
  }

  /** Matchers of a metric of the service itself, whose slot the scrape configuration gives. */
  public static String slotIn(String matching) {
    return labels(matching, "slot=\"{slot}\"");
  }

  /** Whether it counts in the proxy, where nobody asks but users. */
  public boolean ofProxy() {
    return this == HAPROXY || this == NGINX;
  }

  private String selector(String metric, String matching) {
    return metric + "{" + labels(matching, slot) + "}";
  }

  private static String labels(String matching, String slot) {
    if (matching.contains("{slot}")) {
      return matching;
    }
    return matching.isBlank() ? slot : matching + "," + slot;
  }
}
