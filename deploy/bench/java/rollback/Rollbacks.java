package rollback;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import rollback.LoadRun.Request;
import rollback.Return.Seen;
import stack.Launches;

/** Launches under load, and rolls each one back; see deploy/bench/rollback. */
public final class Rollbacks {
  private static final Duration LAUNCH_LIMIT = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration SETTLED = Duration.ofMillis(600);
  private static final Map<String, String> COMMAND = Map.of("who", "bench", "role", "commander", "reason", "the benchmark rolls back");

  /** Where a launch is when it is called back, and the weight that green has then. */
  private enum From {
    HALF("SOAKING", 50),
    WHOLE("WAITING", 100);

    final String state;
    final int weight;

    From(String state, int weight) {
      this.state = state;
      this.weight = weight;
    }
  }

  private final Path folder;
  private final Launches launches;
  private final LoadRun load;
  private final Proxy proxy;
  private final List<Return> returns = new ArrayList<>();

  private Rollbacks(Path folder, Launches launches, LoadRun load, Proxy proxy) {
    this.folder = folder;
    this.launches = launches;
    this.load = load;
    this.proxy = proxy;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    int rounds = Integer.parseInt(args[5]);
    try (LoadRun load = new LoadRun(Path.of(args[0]), folder, args[3], args[4]);
        Launches launches = new Launches(args[2])) {
      Rollbacks rollbacks = new Rollbacks(folder, launches, load, new Proxy(Path.of(args[6])));
      for (int round = 1; round <= rounds; round++) {
        rollbacks.round(round % 2 == 0 ? From.HALF : From.WHOLE);
        if (round % 10 == 0 || round == rounds) {
          System.out.printf("         %d of %d rolled back%n", round, rounds);
        }
      }
      rollbacks.report(load.end());
    }
    System.exit(0);
  }

  private void round(From from) throws Exception {
    load.requireRunning();
    launches.start(folder.resolve(from.name().toLowerCase(java.util.Locale.ROOT) + ".json"));
    awaitWeight(from);
    // Nothing of the launch beats in time with the commands.
    Thread.sleep(SETTLED.plusMillis(ThreadLocalRandom.current().nextInt(1000)));
    byTheRawTool(from);
    Thread.sleep(SETTLED);
    byLiftoff(from);
  }

  private void awaitWeight(From from) throws InterruptedException {
    Instant end = Instant.now().plus(LAUNCH_LIMIT);
    JsonNode status = launches.status();
    while (!status.path("state").asText().equals(from.state) || status.at("/traffic/actual/green").asInt() != from.weight) {
      if (Instant.now().isAfter(end) || status.path("state").asText().matches("ROLLING_BACK|NEEDS_HUMAN|ENDED")) {
        throw new IllegalStateException("the launch did not reach " + from + ": " + status);
      }
      Thread.sleep(BETWEEN_LOOKS);
      status = launches.status();
    }
  }

  /** To blue, and back to where the launch has it. */
  private void byTheRawTool(From from) throws Exception {
    long command = now();
    proxy.green(0);
    long answered = now();
    Thread.sleep(SETTLED);
    returns.add(new Return("raw set map", command, answered, now()));
    proxy.green(from.weight);
  }

  private void byLiftoff(From from) throws Exception {
    long command = now();
    launches.signal("rollback", COMMAND);
    long answered = now();
    JsonNode outcome = launches.outcome(LAUNCH_LIMIT);
    if (!outcome.path("outcome").asText().equals("rolled-back") || !outcome.path("leftovers").isEmpty()) {
      throw new IllegalStateException("the launch did not roll back cleanly: " + outcome);
    }
    returns.add(new Return("liftoff, from %d %%".formatted(from.weight), command, answered, now()));
  }

  private void report(List<Request> requests) throws Exception {
    Map<String, List<Seen>> ways = new LinkedHashMap<>();
    List<Seen> ours = new ArrayList<>();
    ways.put("liftoff", ours);
    for (Return each : returns) {
      Seen seen = each.seenBy(requests);
      ways.computeIfAbsent(each.way(), _ -> new ArrayList<>()).add(seen);
      if (each.way().startsWith("liftoff")) {
        ours.add(seen);
      }
    }
    Files.writeString(folder.resolve("table"), new Table(ways).toString());
    Files.writeString(folder.resolve("p99"), "%d%n".formatted((long) Math.ceil(Table.of(ours, Seen::allBlue).at(0.99))));
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
