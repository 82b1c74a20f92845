package dev.liftoff.activities.traffic;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.container.Slot;
import dev.liftoff.traffic.Drained;
import dev.liftoff.traffic.Traffic;
import dev.liftoff.traffic.Weight;
import dev.liftoff.traffic.Weights;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traffic through nginx: a folder of stages, one of them current by a symbolic link, which nginx
 * looks up at each request. A switch renames a new link over the old one; nothing is reloaded.
 */
public final class NginxTraffic implements Traffic {
  private static final Logger log = LoggerFactory.getLogger(NginxTraffic.class);
  private static final long NOT_KNOWN = -1;

  /**
   * Where the proxy is.
   *
   * @param traffic the folder that nginx looks into: {@code stages/25} gives green 25 percent, and
   *     {@code current} is a link to one of the stages
   * @param probe an address behind the proxy that answers 200 when the service can take requests
   * @param limit how long a slot's 200 through the proxy may take
   * @param settle how long a slot drains, since nginx cannot tell what is in flight
   */
  public record Settings(Path traffic, URI probe, Duration limit, Duration settle) {}

  private final Stages stages;
  private final SlotProbe probe;
  private final Duration settle;
  private final Heartbeat heartbeat;

  public NginxTraffic(Settings settings, Heartbeat heartbeat) {
    this.stages = new Stages(settings.traffic());
    this.probe = new SlotProbe(settings.probe(), settings.limit());
    this.settle = settings.settle();
    this.heartbeat = heartbeat;
  }

  @Override
  public Weights read(LaunchId launch) {
    return Weights.of(Slot.GREEN, stages.current());
  }

  @Override
  public List<String> unsupported(LaunchId launch, List<Weight> weights) {
    Set<Weight> served = stages.all();
    return candidates(launch).stream()
        .flatMap(candidate -> unsupported(candidate, weights, served))
        .toList();
  }

  @Override
  public Weights shift(LaunchId launch, Slot candidate, Weight weight) {
    Weights wanted = Weights.of(candidate, weight);
    stages.require(wanted.green());
    if (weight.compareTo(read(launch).weight(candidate)) > 0) {
      probe.require(candidate);
    }
    return set(launch, wanted);
  }

  @Override
  public Weights restore(LaunchId launch, Slot baseline) {
    return set(launch, Weights.of(baseline, Weight.ALL));
  }

  /** Waits for the settling time: the service itself must finish what it has begun. */
  @Override
  public Drained drain(LaunchId launch, Slot slot, Duration limit) {
    return new Drain(settle, limit, heartbeat).until(() -> NOT_KNOWN);
  }

  private Weights set(LaunchId launch, Weights wanted) {
    stages.select(wanted.green());
    log.info("traffic set launch={} blue={} green={}", launch, wanted.blue(), wanted.green());
    return wanted;
  }

  /** The slot without traffic; in the middle of a ramp it may be either. */
  private List<Slot> candidates(LaunchId launch) {
    Optional<Slot> serving = read(launch).serving();
    return serving.map(slot -> List.of(slot.other())).orElse(List.of(Slot.values()));
  }

  private static Stream<String> unsupported(
      Slot candidate, List<Weight> weights, Set<Weight> served) {
    return weights.stream()
        .filter(weight -> !served.contains(Weights.of(candidate, weight).green()))
        .map(weight -> unsupported(candidate, weight, served));
  }

  private static String unsupported(Slot candidate, Weight weight, Set<Weight> served) {
    String possible =
        served.stream()
            .map(green -> Weights.of(Slot.GREEN, green).weight(candidate))
            .sorted()
            .map(Weight::toString)
            .collect(Collectors.joining(", "));
    return "nginx cannot give %s a weight of %s, its stages are made for %s: use one of these, or add stages/%d with its bucket"
        .formatted(candidate, weight, possible, Weights.of(candidate, weight).green().percent());
  }
}
