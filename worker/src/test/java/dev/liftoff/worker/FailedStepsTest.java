package dev.liftoff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import io.temporal.activity.ActivityInterface;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import org.junit.jupiter.api.Test;

class FailedStepsTest {
  @ActivityInterface(namePrefix = "Failing")
  public interface Failing {
    void step();
  }

  @Test
  void aPermanentFailureReachesTheLaunchAsItWas() {
    TestActivityEnvironment temporal = TestActivityEnvironment.newInstance(watched());
    try {
      temporal.registerActivitiesImplementations(
          (Failing)
              () -> {
                throw FailureType.SLOT_OCCUPIED.permanent("blue serves there");
              });
      Failing failing = temporal.newActivityStub(Failing.class);

      assertThatThrownBy(failing::step)
          .rootCause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> {
                assertThat(failure.getType()).isEqualTo("SLOT_OCCUPIED");
                assertThat(failure.isNonRetryable()).isTrue();
              });
    } finally {
      temporal.close();
    }
  }

  private static TestEnvironmentOptions watched() {
    return TestEnvironmentOptions.newBuilder()
        .setWorkerFactoryOptions(
            WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new FailedSteps()).build())
        .build();
  }
}
