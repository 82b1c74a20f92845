package switching;

import dev.liftoff.container.Slot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests without a pause, and switches among them. Every request is counted; see deploy/bench/switching. */
public final class Switching {
  private static final Duration EDGE = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final int LOWEST_RATE = 200;

  private final Path repository;
  private final Path home;
  private final long requests;
  private final int askedRate;
  private final int rounds;
  private final Table table = new Table();

  private Switching(String[] args) {
    repository = Path.of(args[0]);
    home = Path.of(args[1]);
    requests = Long.parseLong(args[2]);
    askedRate = Integer.parseInt(args[3]);
    rounds = Integer.parseInt(args[4]);
  }

  public static void main(String[] args) throws Exception {
    Switching switching = new Switching(args);
    long sent = 0;
    long failed = 0;
    for (String proxy : List.of(args).subList(5, args.length)) {
      LoadRun.Summary summary = switching.measure(proxy);
      sent += summary.sent();
      // A request that ran twice, or not at all, is as bad as one that was answered by an error.
      failed += Math.max(summary.failed(), Math.abs(summary.sent() - summary.executed()));
    }
    System.out.println(switching.table);
    System.out.printf("requests=%d failed=%d%n", sent, failed);
    System.exit(failed == 0 ? 0 : 1);
  }

  private LoadRun.Summary measure(String name) throws Exception {
    Path folder = Files.createDirectories(home.resolve(name));
    try (Backends backends = new Backends();
        Proxy proxy = Proxy.start(name, repository, folder, backends)) {
      int rate = rateThatIsCarried(folder, proxy.port());
      LoadRun load = new LoadRun(Backends.COUNTED, repository, folder, proxy.port(), requests, rate);
      switchUntilTheEnd(name, rate, proxy, backends);
      LoadRun.Summary summary = load.await(backends::executed);
      table.load(name, rate, summary);
      return summary;
    }
  }

  /**
   * Warms everything up. A load that the machine cannot carry even without a switch would measure the machine: it is halved
   * until nothing waits.
   */
  private int rateThatIsCarried(Path folder, int port) throws Exception {
    warmUp(folder, port, Math.max(LOWEST_RATE, askedRate / 4));
    int rate = askedRate;
    LoadRun.Summary summary = warmUp(folder, port, rate);
    while (!carried(summary) && rate / 2 >= LOWEST_RATE) {
      rate /= 2;
      System.out.printf("         the machine does not carry this load now (p99 %.0f ms): %d per second%n", summary.p99(), rate);
      summary = warmUp(folder, port, rate);
    }
    return rate;
  }

  private LoadRun.Summary warmUp(Path folder, int port, int rate) throws Exception {
    return new LoadRun("warm-up", repository, folder, port, rate * WARM_UP.toSeconds(), rate).await(() -> 0);
  }

  private static boolean carried(LoadRun.Summary summary) {
    return summary.failed() == 0 && summary.p99() < LONGEST_WAIT.toMillis();
  }

  /** The switches are spread over the whole run; each way moves traffic there and back. */
  private void switchUntilTheEnd(String name, int rate, Proxy proxy, Backends backends) throws Exception {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      steps.addAll(proxy.round());
    }
    Duration run = Duration.ofMillis(requests * 1000 / rate).minus(EDGE.multipliedBy(2));
    long start = System.nanoTime() + EDGE.toNanos();
    for (int i = 0; i < steps.size(); i++) {
      long due = start + run.toNanos() / steps.size() * i;
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      table.time(name, steps.get(i).measure(backends));
    }
  }

  /** One switch by one way. */
  record Step(String way, Slot to, Runnable action) {

    Time measure(Backends backends) throws InterruptedException {
      backends.watch(to);
      long start = System.nanoTime();
      action.run();
      long done = System.nanoTime();
      return new Time(way, done - start, backends.firstRequest() - start);
    }
  }

  /** How long the call took, and when the first request reached the new slot, in nanoseconds. */
  record Time(String way, long call, long effect) {}
}
