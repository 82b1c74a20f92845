package dev.liftoff.activities.readiness;

import dev.liftoff.activities.container.EngineSight;
import dev.liftoff.activities.container.EngineSight.LocalImage;
import dev.liftoff.plan.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The report of a scanner about the plan's image.
 *
 * @param folder where reports are when the item names none: {@code <service>-<version>.json}
 * @param sight null for a worker without an engine
 */
record ImageScan(Path folder, @Nullable EngineSight sight) {
  private static final int MOST_NAMES = 5;

  Seen look(Asked asked) throws IOException {
    String limit = "no HIGH or CRITICAL, not older than " + asked.durationText();
    Path file = file(asked);
    if (!Files.isRegularFile(file)) {
      return Seen.noData(
          "there is no report %s; write it: trivy image --format json --output %s %s"
              .formatted(file, file, asked.plan().image().reference()),
          limit);
    }
    ScanReport report = ScanReport.read(file);
    Set<String> wanted = wanted(asked);
    if (wanted.isEmpty()) {
      return Seen.noData(
          "whether %s is about the image cannot be told: the plan binds no digest, and the image is not on this host; docker pull %s on the worker's host, or set image.digest"
              .formatted(file, asked.plan().image().reference()),
          limit);
    }
    if (report.images().stream().noneMatch(wanted::contains)) {
      return Seen.fail(
          "the report is about %s, the plan launches %s; scan that one"
              .formatted(
                  report.images().isEmpty() ? "no image" : String.join(" and ", report.images()),
                  wanted.iterator().next()),
          limit);
    }
    return judged(report, asked, limit);
  }

  private static Seen judged(ScanReport report, Asked asked, String limit) {
    Duration age = Duration.between(report.writtenAt(), Instant.now());
    String value =
        "%d CRITICAL, %d HIGH of %d findings, written %s ago%s"
            .formatted(
                report.critical().size(),
                report.high().size(),
                report.findings(),
                Durations.text(Duration.ofSeconds(Math.max(0, age.toSeconds()))),
                names(report));
    boolean clean = report.critical().isEmpty() && report.high().isEmpty();
    boolean fresh = age.compareTo(asked.duration()) <= 0;
    return Seen.held(clean && fresh, value, limit);
  }

  private static String names(ScanReport report) {
    List<String> names = new java.util.ArrayList<>(report.critical());
    names.addAll(report.high());
    return names.isEmpty()
        ? ""
        : ": "
            + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
            + (names.size() > MOST_NAMES
                ? " and %d more".formatted(names.size() - MOST_NAMES)
                : "");
  }

  private Path file(Asked asked) {
    return asked.names().isEmpty()
        ? folder
            .resolve("%s-%s.json".formatted(asked.plan().service(), asked.plan().version()))
            .toAbsolutePath()
        : Path.of(asked.names().getFirst());
  }

  /** The plan's digest; and what the host has under its reference, by whatever name. */
  private Set<String> wanted(Asked asked) {
    Set<String> wanted = new LinkedHashSet<>();
    String digest = asked.plan().image().digest();
    if (digest != null) {
      wanted.add(digest);
    }
    if (sight != null) {
      sight
          .image(asked.plan().image().reference())
          .filter(local -> digest == null || local.is(digest))
          .ifPresent(local -> add(local, wanted));
    }
    return wanted;
  }

  private static void add(LocalImage local, Set<String> wanted) {
    wanted.add(local.id());
    wanted.addAll(local.digests());
  }
}
