package dev.liftoff.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.LaunchId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every way of telling people must do. */
public abstract class NotifierContract {
  protected static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");

  protected abstract Notifier notifier();

  /** Titles that people have seen, in order. */
  protected abstract List<String> seenByPeople();

  /** Nobody can be reached any more. */
  protected abstract void cutOff();

  @Test
  public void peopleSeeWhatIsAnnounced() {
    Delivery delivery = notifier().announce(LAUNCH, announcement("traffic moved to green"));

    assertThat(delivery.channels()).isNotEmpty().containsValue(Delivery.SENT);
    assertThat(seenByPeople()).containsExactly("traffic moved to green");
  }

  @Test
  public void aChannelThatCannotBeReachedIsInTheDeliveryAndNothingIsThrown() {
    cutOff();

    Delivery delivery = notifier().announce(LAUNCH, announcement("traffic moved to green"));

    assertThat(delivery.channels())
        .anySatisfy((_, outcome) -> assertThat(outcome).startsWith("not sent: "));
  }

  @Test
  public void everySeverityCanBeAnnounced() {
    for (Announcement.Severity severity : Announcement.Severity.values()) {
      notifier()
          .announce(LAUNCH, new Announcement("key", severity, "hello " + severity, List.of()));
    }

    assertThat(seenByPeople())
        .containsExactly("hello INFORMATION", "hello WARNING", "hello CRITICAL");
  }

  protected static Announcement announcement(String title) {
    return new Announcement(
        "moved", Announcement.Severity.INFORMATION, title, List.of("weight: 100 %", "took: 0.4 s"));
  }
}
