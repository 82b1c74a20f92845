package dev.liftoff.metrics.watched;

import dev.liftoff.Word;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.watched.Rule.Bounds;
import dev.liftoff.metrics.watched.Rule.Trend;
import dev.liftoff.metrics.watched.Rule.Within;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The things that the runbook names, with what it allows them. The 10 % of the request rate and the
 * 20 % of the disk that must be free are the runbook's; the other numbers are ours, where it gives
 * none, and each can be set in the plan. What limits and judge decide already is only reported.
 */
public enum KnownThing {
  /** Requests per second, of both slots. */
  REQUEST_RATE,
  /** Share of requests that failed, 0 to 1. */
  ERROR_RATE,
  /** 95th percentile of the latency in seconds. */
  P95,
  /** 99th percentile of the latency in seconds. */
  P99,
  /** Share of the pool's connections that are in use, 0 to 1. */
  DATABASE_POOL,
  /** Seconds that a query, or one use of a connection, takes in the mean. */
  DATABASE_QUERIES,
  /** Share of the reads that the cache answers, 0 to 1. */
  REDIS_HIT_RATE,
  /** Share of the requests to other services that failed, 0 to 1. */
  EXTERNAL_SERVICE,
  /** How many circuit breakers are open. */
  CIRCUIT_BREAKERS,
  /** Share of the fullest disk that is used, 0 to 1. */
  DISK,
  /** Bytes that the service uses. */
  MEMORY,
  /** Processors that the service uses. */
  CPU;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  public static Optional<KnownThing> of(String name) {
    return Arrays.stream(values()).filter(one -> one.word().equals(name)).findFirst();
  }

  public String word() {
    return Word.of(this);
  }

  public Rule rule() {
    return switch (this) {
      case REQUEST_RATE -> new Within(0.1, 0, Direction.BOTH);
      case ERROR_RATE -> new Within(0.1, 0.005, Direction.UP);
      case P95, P99 -> new Within(0.2, 0.05, Direction.UP);
      case DATABASE_POOL, DISK -> new Bounds(0.8, null);
      case DATABASE_QUERIES -> new Within(0.5, 0.005, Direction.UP);
      case REDIS_HIT_RATE -> new Within(0.1, 0, Direction.DOWN);
      case EXTERNAL_SERVICE -> new Within(0.1, 0.01, Direction.UP);
      case CIRCUIT_BREAKERS -> new Bounds(0.0, null);
      case MEMORY -> new Trend(0.05);
      case CPU -> new Within(0.3, 0.1, Direction.UP);
    };
  }

  public Response then() {
    return switch (this) {
      case ERROR_RATE, P95, P99, EXTERNAL_SERVICE -> Response.REPORT;
      case REQUEST_RATE,
          DATABASE_POOL,
          DATABASE_QUERIES,
          REDIS_HIT_RATE,
          CIRCUIT_BREAKERS,
          DISK,
          MEMORY,
          CPU ->
          Response.HOLD;
    };
  }

  /** A trend needs an hour to be told from the noise, a mean five minutes. */
  public static Duration over(Rule rule) {
    return rule instanceof Trend ? HOUR : FIVE_MINUTES;
  }
}
