package dev.liftoff.activities.container;

import com.github.dockerjava.api.model.Network;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The address that this host has in a network of the engine: its gateway where the worker runs on
 * the engine's host, its own where it runs in a container of the network. An engine elsewhere has
 * none.
 */
final class HostAddress {
  private HostAddress() {}

  static Optional<InetAddress> in(Network network) {
    List<Network.Ipam.Config> ranges = network.getIpam().getConfig();
    return ranges == null
        ? Optional.empty()
        : ranges.stream()
            .map(Network.Ipam.Config::getSubnet)
            .filter(subnet -> subnet != null && subnet.contains("/"))
            .flatMap(subnet -> local().filter(address -> contains(subnet, address)))
            .findFirst();
  }

  static boolean contains(String subnet, InetAddress address) {
    String[] parts = subnet.split("/", 2);
    byte[] base = bytes(parts[0]);
    byte[] own = address.getAddress();
    int free = own.length * Byte.SIZE - Integer.parseInt(parts[1]);
    return base.length == own.length
        && new BigInteger(1, base).shiftRight(free).equals(new BigInteger(1, own).shiftRight(free));
  }

  private static Stream<InetAddress> local() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
    } catch (SocketException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] bytes(String literal) {
    try {
      return InetAddress.ofLiteral(literal).getAddress();
    } catch (IllegalArgumentException noAddress) {
      throw new UncheckedIOException(new UnknownHostException(literal));
    }
  }
}
