package dev.liftoff.activities.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressTest {

  @ParameterizedTest
  @CsvSource({
    "172.31.248.0/24, 172.31.248.1, true",
    "172.31.248.0/24, 172.31.249.1, false",
    "172.31.248.128/25, 172.31.248.1, false",
    "10.0.0.0/8, 10.200.3.4, true",
    "0.0.0.0/0, 8.8.8.8, true",
    "fd00::/64, fd00::2, true",
    "fd00::/64, fd01::2, false",
    "172.31.248.0/24, fd00::2, false"
  })
  void aSubnetHoldsItsOwnAddressesOnly(String subnet, String address, boolean inside) {
    assertThat(HostAddress.contains(subnet, InetAddress.ofLiteral(address))).isEqualTo(inside);
  }
}
