package dev.liftoff;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A loopback port that nobody listens on. None of those from 32768 on, which the system gives to
 * every outgoing connection of the machine, also between the finding of a port and its use.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int AFTER_LAST = 32_000;
  private static final int TRIES = 100;

  private FreePort() {}

  public static int find() {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no free port in %d tries".formatted(TRIES));
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
