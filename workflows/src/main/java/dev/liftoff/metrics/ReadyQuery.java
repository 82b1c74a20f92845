package dev.liftoff.metrics;

import org.jspecify.annotations.Nullable;

/** PromQL that a plan need not write: it names the exporter instead. */
public final class ReadyQuery {
  private ReadyQuery() {}

  /** Whether this is the name of an exporter, and no PromQL. */
  public static boolean isName(String text) {
    return text.equals("haproxy") || text.equals("prometheus");
  }

  /**
   * The query of this metric from this exporter; null where there is none. HAProxy names the states
   * of its checks so since version 2.4, and has none for a server that it does not check: such a
   * server is not measured.
   */
  public static @Nullable String of(Metric metric, String exporter) {
    String checks = "haproxy_server_check_status{proxy=\"{slot}\"";
    String passing = checks + ",state=~\"L4OK|L6OK|L7OK|L7OKC";
    return switch (metric + ": " + exporter) {
      // A wrong status is an answer.
      case "answers: haproxy" -> "sum(" + passing + "|L7STS\"})";
      case "health: haproxy" ->
          "sum(" + passing + "\"}) / count(count by (server) (" + checks + "}))";
      // Without any alert there is no series: the scrapes show that there is somebody to fire one.
      case "critical-alerts: prometheus" ->
          "count(ALERTS{alertstate=\"firing\",severity=\"critical\",service=\"{service}\"})"
              + " or 0 * count(up)";
      default -> null;
    };
  }
}
