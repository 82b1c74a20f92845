package dev.liftoff.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.LaunchId;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Slot;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
  private static final Endpoint GREEN =
      new Endpoint(Slot.GREEN, "shop-green", "2.0.0", URI.create("http://10.0.0.2:8080"));
  private static final Endpoint BLUE =
      new Endpoint(Slot.BLUE, "shop-blue", "1.0.0", URI.create("http://10.0.0.1:8080"));
  private final Placeholders placeholders =
      new Placeholders(LaunchId.parse("shop/test/2.0.0/1"), new Targets(BLUE, GREEN));

  @Test
  void standForAddressSlotAndLaunch() {
    assertThat(
            placeholders.fill("{candidate} {baseline} {candidate.slot} {baseline.slot} {launch}"))
        .isEqualTo("http://10.0.0.2:8080 http://10.0.0.1:8080 green blue shop-test-2.0.0-1");
  }

  @Test
  void leaveOtherTextAsItIs() {
    assertThat(placeholders.fill("{candidate}/a$1\\b?c={launch}"))
        .isEqualTo("http://10.0.0.2:8080/a$1\\b?c=shop-test-2.0.0-1");
  }

  @Test
  void leaveTheBracesOfAJsonBodyAlone() {
    assertThat(placeholders.fill("{\"id\": \"smoke-{launch}\", \"lines\": [{\"item\": 1}, {}]}"))
        .isEqualTo("{\"id\": \"smoke-shop-test-2.0.0-1\", \"lines\": [{\"item\": 1}, {}]}");
  }

  @Test
  void anUnknownOneIsNamed() {
    assertThatThrownBy(() -> placeholders.fill("{canary}/health"))
        .hasMessageStartingWith("{canary} is no placeholder");
  }

  @Test
  void aContainerThatDoesNotExistIsNamed() {
    Placeholders first =
        new Placeholders(LaunchId.parse("shop/test/2.0.0/1"), new Targets(null, GREEN));

    assertThatThrownBy(() -> first.fill("{baseline}")).hasMessage("there is no baseline to ask");
  }
}
