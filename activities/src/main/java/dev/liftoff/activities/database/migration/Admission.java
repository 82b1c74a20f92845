package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.container.OneOff;
import dev.liftoff.activities.database.proxy.Listening;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Only the container itself may use the proxy; the engine gives it an address when it starts. */
final class Admission implements Predicate<InetAddress> {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  private final Listening listening;
  private final OneOff oneOff;
  private volatile OneOff.@Nullable Order expected;

  Admission(Listening listening, OneOff oneOff) {
    this.listening = listening;
    this.oneOff = oneOff;
  }

  void expect(OneOff.Order order) {
    expected = order;
  }

  @Override
  public boolean test(InetAddress from) {
    OneOff.Order order = expected;
    return order != null
        && address(order).filter(known -> listening.admitting(known).test(from)).isPresent();
  }

  /** An engine that does not answer lets nobody in; the tool tries again, or fails. */
  private Optional<String> address(OneOff.Order order) {
    try {
      return oneOff.address(order);
    } catch (RuntimeException unanswered) {
      log.warn("the container's address is not known reason={}", unanswered.getMessage());
      return Optional.empty();
    }
  }
}
