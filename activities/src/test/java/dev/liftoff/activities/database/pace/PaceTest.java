package dev.liftoff.activities.database.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final int MIB = 1 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Pace pace = new Pace();

  @Test
  void allWhoReadShareOneRate() throws Exception {
    pace.set(MIB);
    long begun = System.nanoTime();

    List<Thread> readers = Stream.generate(this::reader).limit(4).toList();
    for (Thread reader : readers) {
      reader.join();
    }

    // What is taken at last is paid for by nobody here.
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(690));
    assertThat(pace.passed()).isEqualTo(MIB * 3 / 4);
  }

  @Test
  void openingItLetsThoseGoWhoWait() throws Exception {
    pace.set(1);
    pace.take(MIB);
    Thread waiting = reader();
    awaitParked(waiting);

    pace.set(Pace.OPEN);

    assertThat(waiting.join(LIMIT)).isTrue();
  }

  @Test
  void nobodyWaitsLongerThanItMay() throws Exception {
    pace.set(1);
    pace.take(MIB);

    assertThat(pace.take(1, Duration.ofMillis(10))).isFalse();
    assertThat(pace.passed()).isEqualTo(MIB);
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    pace.set(1);
    pace.take(MIB);
    Thread waiting = reader();
    awaitParked(waiting);

    waiting.interrupt();

    assertThat(waiting.join(LIMIT)).isTrue();
    assertThat(pace.passed()).isEqualTo(MIB);
  }

  private Thread reader() {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            for (int part = 0; part < 3; part++) {
              pace.take(MIB / 16);
            }
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
