package dev.liftoff.metrics.watched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.liftoff.metrics.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What a time of values comes to. A point is a minute. */
class CourseTest {
  private static final Rule MEAN = new Rule.Within(0.1, 0, Direction.BOTH);
  private static final Rule TREND = new Rule.Trend(0.05);

  @Test
  void aMeanIsThatOfWhatWasMeasured() {
    assertThat(value(course(61, i -> i, i -> i != 60), MEAN)).isEqualTo(29.5);
  }

  @Test
  void lessThanHalfOfTheTimesIsNoData() {
    assertThat(course(60, i -> 1, i -> i < 30).measured(MEAN)).isEqualTo(new Measurement.Value(1));
    assertThat(course(60, i -> 1, i -> i < 29).measured(MEAN))
        .isEqualTo(new Measurement.Missing("measured at 29 of 60 times, half of them are needed"));
    assertThat(course(60, i -> 1, i -> false).measured(TREND))
        .isInstanceOf(Measurement.Missing.class);
  }

  @Test
  void aTrendIsTheGrowthInAnHourAsAShareOfTheMean() {
    // From 100 by 10 in an hour: the mean is 105.
    assertThat(value(course(61, i -> 100 + i / 6.0, i -> true), TREND))
        .isCloseTo(10 / 105.0, within(1e-9));
    assertThat(value(course(61, i -> 7, i -> true), TREND)).isZero();
  }

  @Test
  void aCollectionOfGarbageIsNoTrend() {
    // A saw from 400 to 600 every ten minutes, over a leak of 6 an hour.
    Course saw = course(61, i -> 400 + i % 10 * 20 + i / 10.0, i -> true);

    assertThat(value(saw, TREND)).isCloseTo(6 / 500.0, within(0.03));
  }

  @Test
  void onePeakIsNoTrend() {
    assertThat(value(course(61, i -> i == 60 ? 10_000 : 100, i -> true), TREND)).isZero();
  }

  @Test
  void twoTimesAreNoTrend() {
    assertThat(course(2, i -> i, i -> true).measured(TREND))
        .isEqualTo(new Measurement.Missing("measured at 2 times, a trend needs three"));
  }

  @Test
  void ofNothingThereIsNoTrend() {
    assertThat(course(61, i -> i - 30, i -> true).measured(TREND))
        .isEqualTo(new Measurement.Missing("is 0 in the mean, of which a trend is no share"));
  }

  @Test
  void aTimeIsReadAtSixtyStepsOfNoLessThanASecond() {
    assertThat(Span.before(Instant.EPOCH, Duration.ofHours(1)).points()).isEqualTo(61);
    assertThat(Span.before(Instant.EPOCH, Duration.ofSeconds(3)).points()).isEqualTo(4);
    assertThat(Span.around(Instant.EPOCH, Duration.ofMinutes(5)).points()).isEqualTo(61);
  }

  private static double value(Course course, Rule rule) {
    return ((Measurement.Value) course.measured(rule)).value();
  }

  private static Course course(int asked, IntToDoubleFunction value, IntPredicate measured) {
    List<Course.Point> points = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      if (measured.test(i)) {
        points.add(new Course.Point(Instant.EPOCH.plusSeconds(60L * i), value.applyAsDouble(i)));
      }
    }
    return new Course(points, asked);
  }
}
