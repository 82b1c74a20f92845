package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.watched.Reference;
import dev.liftoff.metrics.watched.Watched;
import dev.liftoff.metrics.watched.Watched.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedTableTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:15:00Z");

  @Test
  void everyThingHasItsLineAndWhatIsNotAsItWasItsSentence() {
    List<Watched> things =
        List.of(
            thing("request-rate", State.BREACH, Response.HOLD, 140.0, false, 200.0, 198.0),
            thing("p95", State.OK, Response.REPORT, 0.12, false, 0.11, null),
            thing("memory", State.NOT_YET, Response.HOLD, null, true, 0.001));

    assertThat(String.join("\n", WatchedTable.lines(things, new Paint(false))))
        .isEqualTo(
            """
            watched    at 2026-03-01T12:15:00Z        now  before the launch       1 day before
                       request-rate                   140                200                198  BREACH, hold
                         the sentence
                       p95                           0.12               0.11                  -  OK
                       memory                           -           +0.1 %/h  NOT YET
                         the sentence\
            """
                .indent(2)
                .stripTrailing());
  }

  @Test
  void withoutThingsThereIsNoTable() {
    assertThat(WatchedTable.lines(List.of(), new Paint(false))).isEmpty();
  }

  private static Watched thing(
      String name, State state, Response then, Double value, boolean trend, Double... past) {
    List<String> when = List.of("before the launch", "at the same hour 1 day before");
    List<Reference> references =
        java.util.stream.IntStream.range(0, past.length)
            .mapToObj(i -> new Reference(when.get(i), past[i], null))
            .toList();
    return new Watched(name, state, then, value, trend, references, AT, "the sentence");
  }
}
