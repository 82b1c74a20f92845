package dev.liftoff.activities.database.proxy;

import dev.liftoff.FailureType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;

/**
 * Where the proxy listens.
 *
 * @param direct containers come with their own address, so that all others can be turned away
 */
public record Listening(InetAddress address, boolean direct) {

  public static Listening found(InetAddress address) {
    return new Listening(address, true);
  }

  /** On the way to an address that had to be told, the container's own may be translated. */
  public static Listening configured(String address) {
    try {
      return new Listening(InetAddress.getByName(address), false);
    } catch (UnknownHostException unknown) {
      throw FailureType.CONTAINER_FAILED.permanent(
          "the worker's setting listenOn names %s, which is no address of this host; correct it"
              .formatted(address));
    }
  }

  public Predicate<InetAddress> admitting(String container) {
    return from -> !direct || from.getHostAddress().equals(container);
  }
}
