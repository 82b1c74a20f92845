package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Waiting;
import dev.liftoff.container.Slot;
import dev.liftoff.metrics.Calibrated;
import dev.liftoff.metrics.JudgeSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A history that cannot be read makes the judge cautious and says why. */
class LearningTest {
  private static final String TIME = FakePrometheus.data("scalar", "[1772366400,\"1772366400\"]");

  private FakePrometheus prometheus;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus();
  }

  @AfterEach
  void stop() {
    prometheus.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\":\"error\",\"error\":\"too many samples\"} | prometheus refused the query: too many samples",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{}]}} | prometheus answered a vector instead of counters",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}} | no fresh sample of http_requests_total",
        "<html>bad gateway</html> | answered no JSON, or more than 64 MB in an hour: narrow the series",
        "{} | prometheus answered something else than series"
      })
  void whatIsNoHistoryIsSaid(String body, String why) {
    prometheus.answering(question -> question.startsWith("query=time()") ? TIME : body);

    assertThat(calibrate(Duration.ofSeconds(10)).lines())
        .singleElement()
        .asString()
        .startsWith("not calibrated, so the judge is cautious")
        .endsWith(why);
  }

  @Test
  void aPrometheusThatHangsIsNotWaitedForLong() {
    prometheus.hangs();
    long begun = System.nanoTime();

    Calibrated calibrated = calibrate(Duration.ofMillis(400));

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Waiting.BUSY);
    assertThat(calibrated.judge()).isNull();
    assertThat(calibrated.lines().getFirst()).contains("does not answer");
  }

  private Calibrated calibrate(Duration callLimit) {
    return new Learning(
            new Prometheus(Prometheus.client(callLimit), prometheus.address()),
            ShopCounters.spec(JudgeSpec.Vote.AUTO, Duration.ofMinutes(1), Duration.ofMinutes(1)),
            UnaryOperator.identity(),
            Slot.BLUE,
            Duration.ofSeconds(30))
        .calibrate();
  }
}
