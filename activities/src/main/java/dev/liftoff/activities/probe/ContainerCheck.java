package dev.liftoff.activities.probe;

import dev.liftoff.LaunchId;
import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.activities.container.OneOff;
import dev.liftoff.plan.Durations;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Placeholders;
import dev.liftoff.probe.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A program in a container, which must exit with 0 in its time; its last lines are kept. */
record ContainerCheck(
    Check.Container check, Placeholders placeholders, OneOff oneOff, Secrets secrets)
    implements Examination {
  /** To end and remove it, beyond its own time. */
  private static final Duration ENDING = Duration.ofMinutes(1);

  /** What a failure says in status and messages; the first lines of a test are seldom the cause. */
  private static final int LONGEST_WORDS = 800;

  /** How long the container may take in all before nobody waits for it any more. */
  static Duration patience(Check.Container check) {
    return check.limit().plus(ENDING);
  }

  /** Nothing of it is left. */
  static void discard(OneOff oneOff, LaunchId launch, Check.Container check) {
    oneOff.discard(launch, name(launch, check));
  }

  @Override
  public String limit() {
    return "exit code 0 within " + Durations.text(check.limit());
  }

  /** Anew each time: what an attempt that is gone had begun says nothing of the candidate now. */
  @Override
  public ProbeResult run() throws InterruptedException {
    OneOff.Order order = order();
    discard(oneOff, placeholders.launch(), check);
    long begun = System.nanoTime();
    OneOff.Ended ended = ended(order);
    Duration took = Duration.ofMillis((System.nanoTime() - begun) / 1_000_000);
    requireBegun(ended);
    String value = how(ended, took) + words(ended.lastLines());
    return ended.inTime() && ended.exitCode() == 0
        ? ProbeResult.pass(check.name(), value, limit())
        : ProbeResult.fail(check.name(), value, limit());
  }

  private OneOff.Ended ended(OneOff.Order order) throws InterruptedException {
    try {
      return oneOff.run(order);
    } catch (RuntimeException notRun) {
      // One that could not be started would be in the way of the next.
      discard(oneOff, placeholders.launch(), check);
      throw notRun;
    }
  }

  /** The container's init says so; a test that has begun and failed is another matter. */
  private void requireBegun(OneOff.Ended ended) {
    String refused = "exec " + check.run().getFirst() + " failed";
    ended.lastLines().stream()
        .filter(line -> line.contains(refused))
        .findFirst()
        .ifPresent(line -> {
          throw new IllegalStateException(
              "%s is no program of its image: %s"
                  .formatted(check.run().getFirst(), line.substring(line.indexOf(refused))));
        });
  }

  private OneOff.Order order() {
    Check.Place place = check.place();
    if (place == null) {
      throw new IllegalStateException("its image is not pinned yet");
    }
    Map<String, String> environment = new TreeMap<>();
    Set<String> secret = new TreeSet<>();
    check
        .environment()
        .forEach((name, value) -> {
          boolean reference = SecretReference.isReference(value);
          environment.put(
              name,
              reference ? secrets.resolve(new SecretReference(value)) : placeholders.fill(value));
          if (reference) {
            secret.add(name);
          }
        });
    return new OneOff.Order(
        name(placeholders.launch(), check),
        placeholders.launch(),
        place.image(),
        place.network(),
        check.run(),
        environment,
        secret,
        check.limit());
  }

  private static String how(OneOff.Ended ended, Duration took) {
    return ended.inTime()
        ? "exit code %d in %s".formatted(ended.exitCode(), Durations.text(took))
        : "not at its end after %s, and ended".formatted(Durations.text(took));
  }

  private static String words(List<String> lines) {
    if (lines.isEmpty()) {
      return ", it said nothing";
    }
    String words = String.join(" | ", lines);
    return ", its last lines: " + words.substring(Math.max(0, words.length() - LONGEST_WORDS));
  }

  /** The same for every attempt; two checks whose names look alike have different ones. */
  private static String name(LaunchId launch, Check.Container check) {
    String readable =
        check.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return "%s-%s-check-%s-%08x"
        .formatted(
            launch.service(),
            launch.environment(),
            readable.substring(0, Math.min(30, readable.length())),
            check.name().hashCode());
  }
}
