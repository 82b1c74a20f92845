package dev.liftoff.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every Alertmanager does, real or simulated. */
public abstract class AlertsContract {
  private static final LaunchId LAUNCH = new LaunchId("shop", "test", "v2", "ab12cd34");
  private static final LaunchId OTHER = new LaunchId("shop", "test", "v3", "ef56ab78");

  protected abstract Alerts alerts();

  protected abstract URI url();

  /** Now fires an alert with these labels, until the test is over. */
  protected abstract void fire(Map<String, String> labels);

  /** Ends of all active silences, asked of the Alertmanager itself. */
  protected abstract List<Instant> silences();

  @Test
  void whatIsWatchedAndFiresIsSeenAndTheRestIsNot() {
    fire("Broken", "critical", "shop");
    fire("Slow", "warning", "shop");
    fire("Elsewhere", "critical", "other");

    Firing firing = alerts().firing(LAUNCH, spec());

    assertThat(firing.unseen()).isNull();
    assertThat(firing.abort()).extracting(Alert::name).containsExactly("Broken");
    assertThat(firing.others()).extracting(Alert::name).containsExactly("Slow");
  }

  @Test
  void nothingThatFiresIsSeenAsNothing() {
    assertThat(alerts().firing(LAUNCH, spec())).isEqualTo(new Firing(List.of(), List.of(), null));
  }

  @Test
  void aSilencedAlertStillFiresAndSaysSo() {
    fire("Slow", "warning", "shop");
    alerts().silence(LAUNCH, order(inAnHour()));

    List<Alert> others = alerts().firing(LAUNCH, spec()).others();

    assertThat(others).extracting(Alert::suppressed).containsExactly(true);
    assertThat(others.getFirst().sentence()).endsWith(", silenced");
  }

  @Test
  void silencingTwiceIsOneSilenceWithItsEnd() {
    Instant end = inAnHour();
    List<String> first = alerts().silence(LAUNCH, order(end));
    List<String> second = alerts().silence(LAUNCH, order(end));

    assertThat(silences()).containsExactly(end);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void endingTheSilencesOfALaunchLeavesThoseOfOthersAndIsHarmlessTwice() {
    alerts().silence(LAUNCH, order(inAnHour()));
    alerts().silence(OTHER, order(inAnHour()));

    assertThat(alerts().endSilences(LAUNCH, spec())).hasSize(1);
    assertThat(alerts().endSilences(LAUNCH, spec())).isEmpty();
    assertThat(silences()).hasSize(1);
    assertThat(alerts().endSilences(OTHER, spec())).hasSize(1);
  }

  @Test
  void theDigestIsOfTheAlertsThatEndALaunchAndNotOfTheirSilence() {
    String calm = alerts().firing(LAUNCH, spec()).digest();
    fire("Slow", "warning", "shop");
    assertThat(alerts().firing(LAUNCH, spec()).digest()).isEqualTo(calm);

    fire("Broken", "critical", "shop");
    assertThat(alerts().firing(LAUNCH, spec()).digest())
        .isNotEqualTo(calm)
        .isNotEqualTo(Firing.unseen("away").digest());
  }

  protected final AlertsSpec spec() {
    return new AlertsSpec(
        url(),
        Matchers.parse("service=\"shop\""),
        List.of(Matchers.parse("severity=\"critical\"")),
        List.of(Matchers.parse("alertname=~\"Slow|Late\", severity=\"warning\"")));
  }

  private SilenceOrder order(Instant end) {
    return new SilenceOrder(spec(), end);
  }

  private static Instant inAnHour() {
    return Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
  }

  private void fire(String name, String severity, String service) {
    fire(Map.of("alertname", name, "severity", severity, "service", service));
  }
}
