package dev.liftoff.worker;

import dev.liftoff.activities.Secrets;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this process talks to Temporal; the task queues and their slots are in application.yaml. */
@Configuration(proxyBeanMethods = false)
class Temporal {
  /**
   * On a busy machine the first task loads classes for longer than the second that is the default.
   */
  private static final Duration DEADLOCK_LIMIT = Duration.ofSeconds(10);

  /** A retry goes on from the last heartbeat that was sent: the default may be a minute old. */
  private static final Duration HEARTBEAT_THROTTLE = Duration.ofSeconds(1);

  @Bean
  SecretFree secretFree(Secrets secrets) {
    SecretFree secretFree = new SecretFree(secrets);
    SecretFreeLog.use(secretFree);
    return secretFree;
  }

  @Bean
  DataConverter mainDataConverter(SecretFree secretFree) {
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(
            new JacksonJsonPayloadConverter(dev.liftoff.Payloads.mapper()))
        .withFailureConverter(new SecretFreeFailures(secretFree));
  }

  @Bean
  WorkerInterceptor failedSteps() {
    return new FailedSteps();
  }

  @Bean
  TemporalOptionsCustomizer<WorkerOptions.Builder> workerOptions() {
    return new TemporalOptionsCustomizer<>() {
      @Override
      public WorkerOptions.Builder customize(WorkerOptions.Builder options) {
        return options
            .setDefaultDeadlockDetectionTimeout(DEADLOCK_LIMIT.toMillis())
            .setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE);
      }
    };
  }

  @Bean
  TemporalConnection temporalConnection(
      WorkflowServiceStubs service, @Value("${spring.temporal.namespace}") String namespace) {
    return new TemporalConnection(service, namespace);
  }

  @Bean
  BeforeWork searchAttributes(TemporalConnection temporal) {
    return new SearchAttributes(temporal)::register;
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      WorkerFactory factory, TemporalConnection temporal, List<BeforeWork> preparations) {
    return new WorkerLifecycle(factory, temporal, preparations);
  }

  @Bean
  TemporalHealthIndicator temporalHealthIndicator(
      TemporalConnection temporal, WorkerLifecycle worker) {
    return new TemporalHealthIndicator(temporal, worker);
  }
}
