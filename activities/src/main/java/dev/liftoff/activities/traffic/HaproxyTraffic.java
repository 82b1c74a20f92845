package dev.liftoff.activities.traffic;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traffic through HAProxy: one line of a runtime map is green's weight in percent. A switch writes
 * the map's file, then sets the running map by the socket; nothing is reloaded, and a restarted
 * proxy comes up with what was set last.
 */
public final class HaproxyTraffic implements Traffic {

  /**
   * The key under which the proxy's configuration looks green's weight up, if nothing else is said.
   */
  public static final String GREEN = "green";

  private static final Logger log = LoggerFactory.getLogger(HaproxyTraffic.class);
  private static final Duration SETTLING_TIME = Duration.ofMillis(200);

  /**
   * Where the proxy is.
   *
   * @param map the map's file as the worker sees it; its folder must be shared with the proxy,
   *     since the file is replaced
   * @param socket the proxy's statistics socket
   * @param mapNameInProxy the path by which the proxy's configuration names the map
   * @param probe an address behind the proxy that answers 200 when the service can take requests
   * @param limit how long one answer of the socket, or a slot's 200 through the proxy, may take
   * @param key the line of the map that is ours
   */
  public record Settings(
      Path map, Path socket, String mapNameInProxy, URI probe, Duration limit, String key) {
    private static final int LONGEST_SOCKET_PATH = 107;

    public Settings {
      if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
        throw new IllegalArgumentException(
            "socket must be a path of at most %d bytes, was %s"
                .formatted(LONGEST_SOCKET_PATH, socket));
      }
      requireOneWord("mapNameInProxy", mapNameInProxy);
      requireOneWord("key", key);
    }

    public Settings(Path map, Path socket, String mapNameInProxy, URI probe, Duration limit) {
      this(map, socket, mapNameInProxy, probe, limit, GREEN);
    }

    /** A space or a semicolon would end the word and start another command on the socket. */
    private static void requireOneWord(String name, String text) {
      if (!text.matches("[^\\s;\\\\]+")) {
        throw new IllegalArgumentException(
            "%s must have no space, ';' or '\\', was '%s'".formatted(name, text));
      }
    }
  }

  private final WeightFile file;
  private final HaproxyMap running;
  private final HaproxyStatistics statistics;
  private final SlotProbe probe;
  private final Heartbeat heartbeat;

  /**
   * Two switches at once could leave the file with the weight of one and the proxy with the
   * other's.
   */
  private final ReentrantLock switching = new ReentrantLock();

  public HaproxyTraffic(Settings settings, Heartbeat heartbeat) {
    HaproxySocket socket = new HaproxySocket(settings.socket(), settings.limit());
    this.file = new WeightFile(settings.map(), settings.key());
    this.running = new HaproxyMap(socket, settings.mapNameInProxy(), settings.key());
    this.statistics = new HaproxyStatistics(socket);
    this.probe = new SlotProbe(settings.probe(), settings.limit());
    this.heartbeat = heartbeat;
  }

  @Override
  public Weights read(LaunchId launch) {
    file.green();
    return Weights.of(Slot.GREEN, running.green());
  }

  @Override
  public List<String> unsupported(LaunchId launch, List<Weight> weights) {
    return List.of();
  }

  @Override
  public Weights shift(LaunchId launch, Slot candidate, Weight weight) {
    if (weight.compareTo(read(launch).weight(candidate)) > 0) {
      probe.require(candidate);
    }
    return switching(
        launch,
        Weights.of(candidate, weight),
        green -> {
          file.write(green);
          running.set(green);
        });
  }

  @Override
  public Weights restore(LaunchId launch, Slot baseline) {
    return switching(
        launch,
        Weights.of(baseline, Weight.ALL),
        green -> {
          // The requests come first: a file that cannot be written is reported after they are back.
          try {
            file.write(green);
          } finally {
            running.set(green);
          }
        });
  }

  @Override
  public Drained drain(LaunchId launch, Slot slot, Duration limit) {
    return new Drain(SETTLING_TIME, limit, heartbeat).until(() -> statistics.inFlight(slot));
  }

  /**
   * Gives the running proxy what its file says, if they differ: the file is written first, so it is
   * what was wanted last. Meant for the start of the worker, which may have ended between the two.
   */
  public Weights reconcile() {
    switching.lock();
    try {
      Weight wanted = file.green();
      Weight found = running.green();
      if (!found.equals(wanted)) {
        running.set(wanted);
        log.warn("proxy set to what its file says found={} green={}", found, wanted);
      }
      return Weights.of(Slot.GREEN, wanted);
    } finally {
      switching.unlock();
    }
  }

  private Weights switching(LaunchId launch, Weights wanted, Consumer<Weight> step) {
    switching.lock();
    try {
      step.accept(wanted.green());
      log.info("traffic set launch={} blue={} green={}", launch, wanted.blue(), wanted.green());
      return wanted;
    } finally {
      switching.unlock();
    }
  }
}
