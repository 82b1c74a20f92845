package dev.liftoff.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.plan.Amendment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanStatusTest {
  @Test
  void aPlanIsNamedByItsDigest() {
    assertThat(new PlanStatus("0123456789abcdef", List.of()).sentence())
        .isEqualTo("0123456789abcdef");
  }

  @Test
  void anAmendedPlanTellsHowOftenAndWhoWasLast() {
    assertThat(new PlanStatus("b", List.of(by("ann"))).sentence())
        .isEqualTo("b, amended once, last by ann");
    assertThat(new PlanStatus("c", List.of(by("ann"), by("bob"))).sentence())
        .isEqualTo("c, amended 2 times, last by bob");
  }

  private static Amendment by(String who) {
    return new Amendment(Instant.EPOCH, who, "commander", "why", "a", "b", List.of());
  }
}
