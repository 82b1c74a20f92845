package dev.liftoff.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while Temporal does not answer: launches stand still then, and go on by themselves after.
 */
final class TemporalHealthIndicator implements HealthIndicator {
  private final TemporalConnection temporal;
  private final WorkerLifecycle worker;

  TemporalHealthIndicator(TemporalConnection temporal, WorkerLifecycle worker) {
    this.temporal = temporal;
    this.worker = worker;
  }

  @Override
  public Health health() {
    Health.Builder health =
        temporal.trouble().map(TemporalHealthIndicator::down).orElseGet(this::serving);
    return health
        .withDetail("target", temporal.target())
        .withDetail("namespace", temporal.namespace())
        .build();
  }

  private static Health.Builder down(String trouble) {
    return Health.down().withDetail("reason", trouble);
  }

  private Health.Builder serving() {
    return worker.isWorking() ? Health.up() : down("the workers have not started yet");
  }
}
