package dev.liftoff.metrics.watched;

import dev.liftoff.metrics.Instrumentation;
import dev.liftoff.metrics.SlotSelector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PromQL of the known things: from the names that an instrumentation gives its metrics (Micrometer
 * with HikariCP and Resilience4j; the process and database collectors of Prometheus' own clients),
 * and from those of redis_exporter and node_exporter.
 *
 * @param source null when the plan names none
 * @param matching more matchers of labels, see {@link Instrumentation#requests}
 */
public record ReadyQueries(@Nullable Instrumentation source, String matching) {
  private static final String REDIS_HITS = "sum(rate(redis_keyspace_hits_total[2m]))";
  private static final String REDIS_MISSES = "sum(rate(redis_keyspace_misses_total[2m]))";
  private static final String REAL_DISKS = "{fstype!~\"tmpfs|ramfs|overlay|squashfs\"}";

  /**
   * The query; empty where there is none ready.
   *
   * @throws IllegalArgumentException when the matchers are wrong
   */
  public Optional<String> of(KnownThing thing) {
    return switch (thing) {
      case REDIS_HIT_RATE ->
          Optional.of("%1$s / (%1$s + %2$s)".formatted(REDIS_HITS, REDIS_MISSES));
      case DISK ->
          Optional.of(
              "max(1 - node_filesystem_avail_bytes%1$s / node_filesystem_size_bytes%1$s)"
                  .formatted(REAL_DISKS));
      default -> source == null ? Optional.empty() : Optional.ofNullable(of(thing, source));
    };
  }

  private @Nullable String of(KnownThing thing, Instrumentation from) {
    return switch (thing) {
      case REQUEST_RATE -> rate(SlotSelector.parse(from.requests(matching)).ofBoth());
      case ERROR_RATE ->
          share(and(from.requests(matching), from.errors()), from.requests(matching));
      case P95 -> quantile("0.95", from);
      case P99 -> quantile("0.99", from);
      default ->
          switch (from) {
            case SPRING -> spring(thing);
            case GO, FASTAPI, STARLETTE -> client(thing, from);
            // A proxy knows nothing of what is behind it.
            case HAPROXY, NGINX -> null;
          };
    };
  }

  private @Nullable String spring(KnownThing thing) {
    return switch (thing) {
      case DATABASE_POOL ->
          "max(%s / %s)"
              .formatted(series("hikaricp_connections_active"), series("hikaricp_connections_max"));
      case DATABASE_QUERIES ->
          rate(series("hikaricp_connections_usage_seconds_sum"))
              + " / "
              + rate(series("hikaricp_connections_usage_seconds_count"));
      case EXTERNAL_SERVICE -> {
        String requests = series("http_client_requests_seconds_count");
        yield share(and(requests, "outcome!~\"SUCCESS|REDIRECTION|INFORMATIONAL\""), requests);
      }
      case CIRCUIT_BREAKERS ->
          "sum(%s)"
              .formatted(
                  and(series("resilience4j_circuitbreaker_state"), "state=~\"open|forced_open\""));
      case MEMORY -> "sum(%s)".formatted(and(series("jvm_memory_used_bytes"), "area=\"heap\""));
      case CPU -> "sum(%s * %s)".formatted(series("process_cpu_usage"), series("system_cpu_count"));
      default -> null;
    };
  }

  private @Nullable String client(KnownThing thing, Instrumentation from) {
    return switch (thing) {
      case DATABASE_POOL ->
          from == Instrumentation.GO
              ? "max(%s / %s)"
                  .formatted(
                      series("go_sql_in_use_connections"), series("go_sql_max_open_connections"))
              : null;
      case MEMORY -> "sum(%s)".formatted(series("process_resident_memory_bytes"));
      case CPU -> rate(series("process_cpu_seconds_total"));
      default -> null;
    };
  }

  private @Nullable String quantile(String share, Instrumentation from) {
    String durations = from.durations(matching);
    return durations == null
        ? null
        : "histogram_quantile(%s, sum by (le) (rate(%s[2m])))".formatted(share, durations);
  }

  private String series(String metric) {
    return metric + "{" + Instrumentation.slotIn(matching) + "}";
  }

  private static String and(String selector, String more) {
    return selector.substring(0, selector.length() - 1) + "," + more + "}";
  }

  private static String rate(String selector) {
    return "sum(rate(%s[2m]))".formatted(selector);
  }

  /** Of what never happened there is no series, and its share is 0. */
  private static String share(String some, String all) {
    return "(%s or vector(0)) / %s".formatted(rate(some), rate(all));
  }
}
