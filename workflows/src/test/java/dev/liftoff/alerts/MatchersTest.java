package dev.liftoff.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "severity=\"warning\" ; severity=\"critical\" ; false",
        "severity=~\"warning|info\" ; severity=\"critical\" ; false",
        "severity=~\"warning|critical\" ; severity=\"critical\" ; true",
        "severity=~\"warn.*\" ; severity=~\"crit.*\" ; true",
        "severity=~\"warn.*\" ; severity=\"critical\" ; false",
        "severity!=\"critical\", a=\"b\" ; severity=\"critical\" ; false",
        "alertname=\"Slow\" ; severity=\"critical\" ; true",
        "alertname=\"Slow\", severity=\"info\" ; severity=~\"critical|page\" ; false",
        "alertname=\"Slow\" ; alertname!~\"Slow|Late\", severity=\"critical\" ; false"
      })
  void inDoubtAnAlertCouldBeMeantByBoth(String one, String other, boolean meet) {
    assertThat(Matchers.parse(one).canMeet(Matchers.parse(other))).isEqualTo(meet);
    assertThat(Matchers.parse(other).canMeet(Matchers.parse(one))).isEqualTo(meet);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Matchers matchers = Matchers.parse("{a=\"x, y\", b!~\"(p|q)\"}");

    assertThat(Matchers.parse(matchers.toString())).isEqualTo(matchers);
    assertThat(matchers.matches(Map.of("a", "x, y", "b", "r"))).isTrue();
    assertThat(matchers.matches(Map.of("a", "x, y", "b", "q"))).isFalse();
  }

  @Test
  void whatWouldMeanEveryAlertIsRefused() {
    assertThatThrownBy(() -> Matchers.parse("severity!=\"critical\""))
        .hasMessageContaining("it would mean every alert");
    assertThatThrownBy(() -> Matchers.parse("severity=~\".*\"")).hasMessageContaining("every");
    assertThatThrownBy(() -> Matchers.parse("severity")).hasMessageContaining("one matcher");
  }
}
