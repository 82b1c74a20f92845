package dev.liftoff.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.SecretReference;
import dev.liftoff.compatibility.Compatibility;
import dev.liftoff.compatibility.CompatibilityContract;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.compatibility.Trial;
import dev.liftoff.compatibility.TrialRole;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import dev.liftoff.database.DatabaseSpec;
import dev.liftoff.probe.Check;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedCompatibilityTest extends CompatibilityContract {
  private final SimulatedCompatibility simulated = new SimulatedCompatibility();

  @Test
  void aLostReplyHasDoneItsWork() {
    simulated.losingReplies(1);

    assertThatThrownBy(() -> prove(Pair.COMPATIBLE)).hasMessageContaining("lost");

    assertThat(prove(Pair.COMPATIBLE).compatible()).isTrue();
  }

  @Test
  void troubleThatIsOverIsForgotten() {
    var _ = trial(Pair.READS_WHAT_IS_GONE);
    simulated.compatibleAgain();

    assertThat(prove(Pair.COMPATIBLE).compatible()).isTrue();
  }

  @Override
  protected Compatibility compatibility() {
    return simulated;
  }

  @Override
  protected CompatibilitySpec spec() {
    return new CompatibilitySpec(
        "10.0.0.13",
        Map.of("DATABASE_HOST", "{host}"),
        List.of(check("orders")),
        List.of(check("order of the candidate")),
        List.of());
  }

  @Override
  protected Trial trial(Pair pair) {
    switch (pair) {
      case COMPATIBLE, NEW_ONLY -> {}
      case READS_WHAT_IS_GONE ->
          simulated
              .receiving(TrialRole.BASELINE, "42703", "column o.note does not exist")
              .receiving(TrialRole.BASELINE_AGAIN, "42703", "column o.note does not exist");
      case WRITES_WITHOUT_WHAT_IS_MANDATORY ->
          simulated
              .receiving(TrialRole.BASELINE, "23502", "null value in column \"channel\"")
              .receiving(TrialRole.BASELINE_AGAIN, "23502", "null value in column \"channel\"");
      case STUMBLES_OVER_NEW_ROWS -> simulated.failing(TrialRole.BASELINE_AGAIN, "orders");
      case NEW_IS_WRONG -> simulated.failing(TrialRole.CANDIDATE, "orders");
      case OLD_DOES_NOT_START ->
          simulated
              .exiting(TrialRole.BASELINE, "unknown schema")
              .exiting(TrialRole.BASELINE_AGAIN, "unknown schema");
      case NEVER_CONNECTS -> simulated.neverConnecting();
    }
    Endpoint baseline =
        new Endpoint(Slot.BLUE, "contract-it-blue", "v1", URI.create("http://10.0.0.11:8080"));
    return new Trial(
        database(),
        "liftoff_scratch_contract",
        container(),
        pair == Pair.NEW_ONLY ? null : baseline,
        SimulatedImage.of("shop:v2"));
  }

  @Override
  protected boolean hasContainer() {
    return simulated.hasContainer();
  }

  @Override
  protected void givenALeftover(Trial trial) {
    simulated.leaveContainer(LAUNCH);
  }

  private static Check check(String name) {
    return new Check.Http(
        name, "GET", "{candidate}/orders", Map.of(), null, 200, Map.of(), Duration.ofSeconds(1));
  }

  private static ContainerSpec container() {
    return new ContainerSpec(
        8080,
        "net",
        Map.of(Slot.BLUE, "10.0.0.11", Slot.GREEN, "10.0.0.12"),
        Map.of(),
        Map.of(),
        0,
        0,
        List.of(),
        "/ready",
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        List.of());
  }

  private static DatabaseSpec database() {
    return new DatabaseSpec(
        "jdbc:postgresql://localhost/shop",
        "shop",
        new SecretReference("env:SHOP_PASSWORD"),
        "/migrations",
        Duration.ofMinutes(10),
        Duration.ofMinutes(10),
        Duration.ofSeconds(2),
        null,
        null,
        null,
        null);
  }
}
