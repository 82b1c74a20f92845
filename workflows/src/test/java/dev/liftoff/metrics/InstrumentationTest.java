package dev.liftoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.container.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each page is what a real program of that kind exposed after two requests that went well and one
 * that was answered with 503: HAProxy 2.6, Spring Boot 4.1, prometheus-fastapi-instrumentator 8.1,
 * starlette_exporter 0.24, client_golang 1.25. Only that of nginx is written by hand, from the
 * format in the module's source.
 */
class InstrumentationTest {
  private static final Pattern LINE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private record Series(String metric, Map<String, String> labels, double value) {}

  @ParameterizedTest
  @EnumSource
  void countsAllRequestsOfASlot(Instrumentation kind) {
    SlotSelector requests = SlotSelector.parse(kind.requests(""));

    assertThat(sum(page(kind, requests), List.of())).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void countsWhichOfThemFailed(Instrumentation kind) {
    SlotSelector requests = SlotSelector.parse(kind.requests(""));

    assertThat(sum(page(kind, requests), List.of(LabelMatcher.parse(kind.errors())))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HAPROXY", "NGINX"})
  void hasBucketsOfTheSameRequests(Instrumentation kind) {
    SlotSelector durations = SlotSelector.parse(Objects.requireNonNull(kind.durations("")));
    List<Series> buckets = page(kind, durations);

    assertThat(sum(buckets, List.of(LabelMatcher.parse("le=\"+Inf\"")))).isEqualTo(3);
    assertThat(buckets.stream().map(one -> one.labels().get("le")).distinct())
        .as("too few to tell a regression from the baseline")
        .hasSizeGreaterThan(10);
  }

  /** What the selector finds of green, whose label the scrape configuration adds. */
  private static List<Series> page(Instrumentation kind, SlotSelector selector) {
    return LINE.matcher(text(kind))
        .results()
        .map(line -> series(line, kind))
        .filter(one -> one.metric().equals(selector.metric()))
        .filter(
            one -> selector.valueOf(Slot.GREEN).equals(one.labels().get(selector.slot().label())))
        .filter(
            one -> selector.others().stream().allMatch(matcher -> matcher.matches(one.labels())))
        .toList();
  }

  private static Series series(MatchResult line, Instrumentation kind) {
    Map<String, String> labels = new TreeMap<>();
    LABEL
        .matcher(line.group(2))
        .results()
        .forEach(label -> labels.put(label.group(1), label.group(2)));
    if (kind != Instrumentation.HAPROXY && kind != Instrumentation.NGINX) {
      labels.put("slot", "green");
    }
    return new Series(line.group(1), labels, Double.parseDouble(line.group(3)));
  }

  private static double sum(List<Series> page, List<LabelMatcher> matchers) {
    return page.stream()
        .filter(one -> matchers.stream().allMatch(matcher -> matcher.matches(one.labels())))
        .mapToDouble(Series::value)
        .sum();
  }

  private static String text(Instrumentation kind) {
    String name = kind.word() + ".txt";
    try (InputStream page =
        Objects.requireNonNull(InstrumentationTest.class.getResourceAsStream(name), name)) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
