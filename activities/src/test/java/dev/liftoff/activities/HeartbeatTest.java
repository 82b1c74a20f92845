package dev.liftoff.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.activity.ActivityInterface;
import io.temporal.client.ActivityCanceledException;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final Heartbeat CANCELLED =
      details -> {
        throw new ActivityCanceledException();
      };

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Test
  void theResultOfTheWorkIsReturned() {
    assertThat(Heartbeat.none().during(() -> "working", () -> 42)).isEqualTo(42);
  }

  @Test
  void workRunsOnAVirtualThread() {
    assertThat(Heartbeat.none().during(() -> "", () -> Thread.currentThread().isVirtual()))
        .isTrue();
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThatThrownBy(() -> Heartbeat.none().during(() -> "", this::fail))
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("disk gone");
  }

  @Test
  void everyBeatTellsHowFarTheWorkIs() {
    Heartbeat heartbeat = details -> events.add("beat " + details);

    heartbeat.during(() -> "at 3 of 4", () -> events.contains("beat at 3 of 4"));

    assertThat(events).contains("beat at 3 of 4");
  }

  @Test
  void cancellationInterruptsTheWorkAndWaitsForItsEnd() {
    assertThatThrownBy(() -> CANCELLED.during(() -> "", this::sleepUntilInterrupted))
        .isInstanceOf(ActivityCanceledException.class);

    assertThat(events).containsExactly("interrupted");
  }

  @Test
  void cancellationAsksWorkToStopBeforeItInterrupts() {
    assertThatThrownBy(() -> CANCELLED.during(() -> "", this::workUntilStopped, stopped::countDown))
        .isInstanceOf(ActivityCanceledException.class);

    assertThat(events).containsExactly("stopped");
  }

  @Test
  void workThatCannotBeAskedToStopIsInterrupted() {
    assertThatThrownBy(() ->
            CANCELLED.during(
                () -> "",
                this::sleepUntilInterrupted,
                () -> {
                  stopped.countDown();
                  Thread.currentThread().interrupt();
                  throw new IllegalStateException("no connection");
                }))
        .isInstanceOf(ActivityCanceledException.class);

    assertThat(stopped.getCount()).isZero();
    assertThat(events).containsExactly("interrupted");
  }

  @Test
  void anInterruptOfTheCallerEndsTheWork() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Heartbeat.none().during(() -> "", this::sleepUntilInterrupted))
        .hasRootCauseInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(events).containsExactly("interrupted");
  }

  @Test
  void anActivityBeatsToTemporal() {
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    environment.registerActivitiesImplementations(new BeatingActivity());
    environment.setActivityHeartbeatListener(String.class, events::add);

    environment.newActivityStub(Beats.class).beat();

    environment.close();
    assertThat(events).containsExactly("half way");
  }

  private String fail() throws IOException {
    throw new IOException("disk gone");
  }

  private boolean sleepUntilInterrupted() {
    try {
      return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
    } catch (InterruptedException interrupted) {
      return events.add("interrupted");
    }
  }

  private boolean workUntilStopped() throws InterruptedException {
    return stopped.await(1, TimeUnit.MINUTES) && events.add("stopped");
  }

  @ActivityInterface
  public interface Beats {
    void beat();
  }

  private static final class BeatingActivity implements Beats {
    @Override
    public void beat() {
      Heartbeat.ofActivity().beat("half way");
    }
  }
}
