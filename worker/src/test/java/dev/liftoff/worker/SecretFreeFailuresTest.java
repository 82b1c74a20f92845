package dev.liftoff.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretFreeFailuresTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String QUEUE = "planted";

  private final Secrets secrets = new Secrets(Map.of("DB_PASSWORD", PASSWORD));
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(new Temporal().mainDataConverter(new SecretFree(secrets)))
                      .build())
              .build());

  @ActivityInterface(namePrefix = "Planted")
  public interface Planted {
    void fail();
  }

  @WorkflowInterface
  public interface Failing {
    @WorkflowMethod
    void run();
  }

  public static class FailingImpl implements Failing {
    private final Planted planted =
        Workflow.newActivityStub(
            Planted.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(5))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build());

    @Override
    public void run() {
      planted.fail();
    }
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void aSecretThatAnActivityHasReadIsNowhereInTheHistoryOfItsFailure() {
    String history =
        historyOf(() -> {
          String password = secrets.resolve(new SecretReference("env:DB_PASSWORD"));
          throw ApplicationFailure.newFailureWithCause(
              "pg_dump said: " + password,
              "BACKUP_FAILED",
              new IllegalStateException("again: " + password, new SQLException(password)),
              "detail with " + password);
        });

    assertThat(history)
        .contains("pg_dump said: ***", "again: ***", "BACKUP_FAILED")
        .doesNotContain(PASSWORD);
    assertThat(decoded(history)).contains("detail with ***").doesNotContain(PASSWORD);
  }

  @Test
  void credentialsInTheUrlsOfADriverAreNotInTheHistoryEither() {
    String history =
        historyOf(() -> {
          throw new IllegalStateException(
              "no route for jdbc:postgresql://app:hunter2@db:5432/shop?ssl=on&password=hunter3&user=app");
        });

    assertThat(history)
        .contains("jdbc:postgresql://***@db:5432/shop?ssl", "password", "user")
        .doesNotContain("hunter2", "hunter3");
  }

  private String historyOf(Planted planted) {
    Worker worker =
        temporal.newWorker(
            QUEUE, WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(20_000).build());
    worker.registerWorkflowImplementationTypes(FailingImpl.class);
    worker.registerActivitiesImplementations(planted);
    temporal.start();
    Failing workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                Failing.class,
                WorkflowOptions.newBuilder().setWorkflowId("planted").setTaskQueue(QUEUE).build());
    assertThat(catchThrowable(workflow::run)).isNotNull();
    return temporal.getWorkflowClient().fetchHistory("planted").toJson(true);
  }

  /** What the payloads of the history say; its JSON writes the padding as an escape. */
  private static String decoded(String history) {
    return Pattern.compile("\"data\": \"([^\"]*)\"")
        .matcher(history.replace("\\u003d", "="))
        .results()
        .map(data -> new String(Base64.getDecoder().decode(data.group(1)), UTF_8))
        .collect(Collectors.joining("\n"));
  }
}
