package dev.liftoff.simulation;

import dev.liftoff.metrics.Measurement;
import dev.liftoff.metrics.watched.Ask;
import dev.liftoff.metrics.watched.Course;
import dev.liftoff.metrics.watched.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watched things that go as they are told to, at any time past or present; what nobody told is 100
 * for ever. Both slots go the same way.
 */
final class SimulatedThings implements Function<List<Ask>, List<Measurement>> {
  private static final double USUAL = 100;

  private final Map<String, SimulatedMetrics.Going> told = new TreeMap<>();

  void tell(String name, SimulatedMetrics.Going going) {
    told.put(name, going);
  }

  @Override
  public List<Measurement> apply(List<Ask> asks) {
    return asks.stream().map(this::measured).toList();
  }

  private Measurement measured(Ask ask) {
    SimulatedMetrics.Going going = told.getOrDefault(ask.thing().name(), _ -> USUAL);
    Span span = ask.span();
    List<Course.Point> points = new ArrayList<>();
    Instant at = span.from();
    for (int i = 0; i < span.points(); i++) {
      @Nullable Double value = going.at(at);
      if (value != null) {
        points.add(new Course.Point(at, value));
      }
      at = at.plus(span.step());
    }
    return new Course(points, span.points()).measured(ask.thing().rule());
  }
}
