package dev.liftoff.activities.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks which series still get samples. The answer to an expression carries the time of the
 * question, and {@code rate} goes on for its whole range after a target has stopped: only counting
 * the samples themselves shows that they ended.
 */
final class Freshness {
  private static final String DEFAULT_LOOKBACK = "5m";
  private static final String MARK = "liftoff";

  private final String staleAfter;
  private final List<Selector> selectors;
  private final Set<String> marks;
  private final @Nullable String failure;

  private Freshness(
      String staleAfter, List<Selector> selectors, Set<String> marks, @Nullable String failure) {
    this.staleAfter = staleAfter;
    this.selectors = selectors;
    this.marks = marks;
    this.failure = failure;
  }

  static Freshness of(Collection<String> expressions, Duration staleAfter, Prometheus prometheus) {
    Set<Selector> selectors = new LinkedHashSet<>();
    expressions.forEach(expression -> selectors.addAll(SelectorScanner.selectors(expression)));
    String age = staleAfter.toMillis() + "ms";
    List<Selector> indexed = List.copyOf(selectors);
    if (indexed.isEmpty()) {
      return new Freshness(age, indexed, Set.of(), null);
    }
    return switch (prometheus.ask(question(indexed, age))) {
      case Answer.Vector vector -> new Freshness(age, indexed, vector.labels(MARK), null);
      case Answer.Refused(String why) -> new Freshness(age, indexed, Set.of(), why);
      case Answer.Matrix _ -> new Freshness(age, indexed, Set.of(), "prometheus answered a matrix");
    };
  }

  /** Why the value of this expression must not be believed; null when it may. */
  @Nullable String doubt(String expression) {
    if (failure != null) {
      return failure;
    }
    List<Selector> own = SelectorScanner.selectors(expression);
    if (own.isEmpty()) {
      return "the query reads no series, so it measures nothing";
    }
    List<Selector> ended = own.stream().filter(one -> known(one) && !fresh(one)).toList();
    if (!ended.isEmpty()) {
      return silent(ended.getFirst());
    }
    // A series that has never been there, such as errors before the first one, is no doubt.
    return own.stream().anyMatch(this::fresh) ? null : silent(own.getFirst());
  }

  private String silent(Selector selector) {
    return "no sample of %s in the last %s".formatted(selector.series(), staleAfter);
  }

  private boolean fresh(Selector selector) {
    return marks.contains("fresh" + selectors.indexOf(selector));
  }

  private boolean known(Selector selector) {
    return marks.contains("known" + selectors.indexOf(selector));
  }

  private static String question(List<Selector> selectors, String age) {
    List<String> parts = new ArrayList<>();
    for (int index = 0; index < selectors.size(); index++) {
      Selector selector = selectors.get(index);
      String range = selector.range() == null ? DEFAULT_LOOKBACK : selector.range();
      parts.add(counted(selector, age, "fresh" + index));
      parts.add(counted(selector, range, "known" + index));
    }
    return parts.stream().collect(Collectors.joining(" or "));
  }

  private static String counted(Selector selector, String range, String mark) {
    return "label_replace(count(count_over_time(%s[%s])), \"%s\", \"%s\", \"\", \"\")"
        .formatted(selector.series(), range, MARK, mark);
  }
}
