package dev.liftoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.liftoff.container.Slot;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotSelectorTest {

  @Test
  void oneQuestionReadsBothSlots() {
    SlotSelector selector =
        SlotSelector.parse("http_requests_total{app=\"a,b}\", slot=\"shop-{slot}\"}");

    assertThat(selector.ofBoth())
        .isEqualTo("http_requests_total{app=\"a,b}\",slot=~\"shop\\\\-blue|shop\\\\-green\"}");
    assertThat(selector.of(Slot.GREEN))
        .isEqualTo("http_requests_total{app=\"a,b}\",slot=\"shop-green\"}");
    assertThat(selector.valueOf(Slot.BLUE)).isEqualTo("shop-blue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http_requests_total",
        "http_requests_total{}",
        "http_requests_total{slot=\"green\"}",
        "http_requests_total{slot=~\"{slot}\"}",
        "http_requests_total{slot=\"{slot}\",pod=\"{slot}\"}",
        "http_requests_total{slot=\"{slot}\"}[5m]",
        "rate(http_requests_total{slot=\"{slot}\"}[5m])",
        "sum(http_requests_total{slot=\"{slot}\"})",
        "http_requests_total{slot=\"{slot}\"} or vector(0)",
        "http_requests_total{slot=\"{slot}\" app}",
        "http_requests_total{slot={slot}}",
        "",
      })
  void whatIsNoCounterOfBothSlotsIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SlotSelector.parse(text));
  }

  @ParameterizedTest
  @EnumSource(Instrumentation.class)
  void whatIsReadyCanBeRead(Instrumentation ready) {
    String matching = "service=\"{service}\"";

    assertThat(SlotSelector.parse(ready.requests(matching)).others())
        .contains(new LabelMatcher("service", "=", "{service}"));
    assertThat(LabelMatcher.parse(ready.errors()).label()).isNotBlank();
    if (ready.durations("") != null) {
      assertThat(SlotSelector.parse(ready.durations("")).metric()).endsWith("_bucket");
    }
  }

  @Test
  void aMatcherOfTheSlotReplacesTheReadyOne() {
    assertThat(Instrumentation.HAPROXY.requests("proxy=\"shop-{slot}\""))
        .isEqualTo("haproxy_backend_http_responses_total{proxy=\"shop-{slot}\"}");
  }

  @Test
  void aMatcherMeansWhatPrometheusMeans() {
    Map<String, String> labels = Map.of("code", "503");

    assertThat(LabelMatcher.parse("code=~\"5..\"").matches(labels)).isTrue();
    assertThat(LabelMatcher.parse("code=~\"50\"").matches(labels)).isFalse();
    assertThat(LabelMatcher.parse("code!~\"5..\"").matches(labels)).isFalse();
    assertThat(LabelMatcher.parse("code=\"503\"").matches(labels)).isTrue();
    assertThat(LabelMatcher.parse("code!=\"503\"").matches(labels)).isFalse();
    assertThat(LabelMatcher.parse("method=\"\"").matches(labels)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5..", "code=5", "code=~\"(\"", "code=\"1\",code=\"2\"", ""})
  void whatIsNoMatcherIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> LabelMatcher.parse(text));
  }
}
