package dev.liftoff.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the workers once Temporal serves, and stops them so that what runs is handed over. The
 * starter of Temporal does neither: it ends the process when Temporal is away, and it does not wait
 * when it stops.
 */
final class WorkerLifecycle implements SmartLifecycle {
  /** For activities that end by themselves; a long one is handed over at its next heartbeat. */
  static final Duration FINISH_LIMIT = Duration.ofSeconds(20);

  static final Duration INTERRUPT_LIMIT = Duration.ofSeconds(5);

  private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

  private final Patience patience = Patience.ofWorker();
  private final WorkerFactory factory;
  private final TemporalConnection temporal;
  private final List<BeforeWork> preparations;
  private Thread starting = Thread.ofVirtual().unstarted(() -> {});
  private volatile boolean running;

  WorkerLifecycle(
      WorkerFactory factory, TemporalConnection temporal, List<BeforeWork> preparations) {
    this.factory = factory;
    this.temporal = temporal;
    this.preparations = List.copyOf(preparations);
  }

  @Override
  public void start() {
    running = true;
    // Not here: the web server is to answer that the worker is not ready while Temporal is away.
    starting = Thread.ofPlatform().name("worker-start").start(this::startAndWatch);
  }

  @Override
  public void stop() {
    running = false;
    starting.interrupt();
    if (factory.isStarted()) {
      stopWorkers();
    }
    log.info("worker stopped");
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** True while the task queues are polled. */
  boolean isWorking() {
    return factory.isStarted() && !factory.isShutdown();
  }

  private void stopWorkers() {
    factory.shutdown();
    factory.awaitTermination(FINISH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (!factory.isTerminated()) {
      log.warn("activities still run and are interrupted after={}", FINISH_LIMIT);
      factory.shutdownNow();
      factory.awaitTermination(INTERRUPT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void startAndWatch() {
    try {
      patience.until(this::tryToStart);
      log.info("worker started temporal={} namespace={}", temporal.target(), temporal.namespace());
      watch();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The pollers of the SDK would tell of an outage too: in hundreds of lines per second. */
  private void watch() throws InterruptedException {
    while (true) {
      Thread.sleep(WATCH_EVERY);
      if (temporal.trouble().isPresent()) {
        patience.until(temporal::trouble);
        log.info("Temporal serves again, launches go on temporal={}", temporal.target());
      }
    }
  }

  private Optional<String> tryToStart() {
    Optional<String> trouble = temporal.trouble();
    if (trouble.isPresent()) {
      return trouble;
    }
    try {
      preparations.forEach(BeforeWork::prepare);
      factory.start();
      return Optional.empty();
    } catch (StatusRuntimeException goneAgain) {
      return Optional.of("Temporal went away again (" + goneAgain.getStatus().getCode() + ")");
    }
  }
}
