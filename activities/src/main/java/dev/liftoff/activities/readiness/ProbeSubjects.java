package dev.liftoff.activities.readiness;

import dev.liftoff.Milestone;
import dev.liftoff.activities.container.EngineSight;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Probe;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import dev.liftoff.probe.Targets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the checks of a launch already know how to look at. */
record ProbeSubjects(Probe probe, EngineSubjects engine) {
  private static final int HTTPS = 443;

  Seen certificates(Asked asked) {
    String limit = "valid for more than " + asked.durationText();
    List<Check> checks =
        Stream.concat(
                asked.names().stream().map(name -> tls(asked, host(name), port(name))),
                PlanTexts.addresses(asked.plan()).stream()
                    .filter(PlanTexts.Address::tls)
                    .map(address -> tls(asked, address.host(), address.port())))
            .distinct()
            .toList();
    return checks.isEmpty()
        ? Seen.noData(
            "the plan has no https address; name host:port in the item, or mark it not applicable",
            limit)
        : together(probe.check(asked.launch(), checks, new Targets(null, null)), limit);
  }

  private static Check tls(Asked asked, String host, int port) {
    return new Check.Tls(
        "certificate of %s:%d".formatted(host, port), host, port, asked.duration());
  }

  private static String host(String name) {
    return name.replaceFirst(":\\d+$", "");
  }

  private static int port(String name) {
    String digits = name.replaceFirst(".*:(\\d{1,5})$", "$1");
    return digits.equals(name) ? HTTPS : Integer.parseInt(digits);
  }

  Seen planChecks(Asked asked) {
    String limit = "each passes";
    List<Check> checks =
        asked.names().isEmpty() ? asked.plan().checksAt(Milestone.PREFLIGHT) : named(asked);
    List<String> absent =
        asked.names().stream()
            .filter(name -> checks.stream().noneMatch(check -> check.name().equals(name)))
            .toList();
    if (checks.isEmpty() || !absent.isEmpty()) {
      return Seen.noData(
          absent.isEmpty()
              ? "the plan checks nothing at preflight; add checks.preflight"
              : "the plan has no check named %s".formatted(String.join(", ", absent)),
          limit);
    }
    Endpoint baseline = baseline(asked).orElse(null);
    return together(probe.check(asked.launch(), checks, new Targets(baseline, null)), limit);
  }

  private static List<Check> named(Asked asked) {
    return Stream.concat(
            asked.plan().checks().values().stream().flatMap(Collection::stream),
            asked.plan().stepChecks().stream())
        .filter(check -> asked.names().contains(check.name()))
        .distinct()
        .toList();
  }

  /** Against what serves: {@code {candidate}} stands for it too, since there is no other yet. */
  Seen endToEnd(Asked asked) {
    String limit = "each ends with 0 in its time";
    List<Check> tests =
        asked.plan().containerChecks().stream()
            .filter(check -> asked.concerns(check.name()))
            .toList();
    EngineSight sight = engine.sight();
    if (tests.isEmpty() || sight == null) {
      return Seen.noData(
          "the plan has no check of type container, or this worker no engine; test by hand", limit);
    }
    Optional<Endpoint> baseline = baseline(asked);
    if (baseline.isEmpty()) {
      return Seen.noData("no container of the service serves; start it", limit);
    }
    return ran(asked, tests, sight, baseline.get(), limit);
  }

  private Seen ran(
      Asked asked, List<Check> tests, EngineSight sight, Endpoint baseline, String limit) {
    List<Check> placed = new ArrayList<>();
    for (Check test : tests) {
      if (test instanceof Check.Container container) {
        String reference = reference(asked, container);
        Optional<Image> image = sight.pinned(reference);
        if (image.isEmpty()) {
          return Seen.noData(
              "the image %s of %s is not on this host; docker pull %s"
                  .formatted(reference, test.name(), reference),
              limit);
        }
        placed.add(container.in(new Check.Place(image.get(), asked.plan().container().network())));
      }
    }
    return together(probe.check(asked.launch(), placed, new Targets(baseline, baseline)), limit);
  }

  private static String reference(Asked asked, Check.Container test) {
    String own = test.image();
    return own == null ? asked.plan().image().reference() : own;
  }

  private Optional<Endpoint> baseline(Asked asked) {
    @Nullable EngineSight sight = engine.sight();
    return sight == null
        ? Optional.empty()
        : engine.serving(asked, sight).map(EngineSight.Serving::endpoint);
  }

  /** One failure fails, one without data is no data; else the longest is told with the rest. */
  static Seen together(List<ProbeResult> results, String limit) {
    State worst =
        results.stream().anyMatch(result -> result.state() == State.FAIL)
            ? State.FAIL
            : results.stream().allMatch(ProbeResult::passed) ? State.PASS : State.NO_DATA;
    String value =
        results.stream()
            .filter(result -> worst == State.PASS || !result.passed())
            .map(result -> result.check() + ": " + result.value())
            .collect(Collectors.joining("; "));
    return new Seen(worst, value, limit);
  }
}
