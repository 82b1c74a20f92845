package dev.liftoff.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.LaunchId;
import dev.liftoff.Milestone;
import dev.liftoff.SecretReference;
import dev.liftoff.compatibility.CompatibilitySpec;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.ImageReference;
import dev.liftoff.container.Slot;
import dev.liftoff.probe.WarmUp;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan once and completely. The defaults here are part of every running launch's history,
 * because a launch reads its plan again when it is replayed: one that changes needs {@code
 * Workflow.getVersion}.
 */
public final class PlanReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private PlanReader() {}

  /**
   * Reads the document and applies the defaults.
   *
   * @throws InvalidPlan with every problem and its path
   */
  public static LaunchPlan read(@Nullable JsonNode document) throws InvalidPlan {
    List<Problem> problems = new ArrayList<>();
    Section root = Section.root(document, problems);
    if (!problems.isEmpty()) {
      throw new InvalidPlan(problems);
    }
    LaunchPlan plan = plan(root);
    root.noMore();
    problems.addAll(Consistency.problems(plan));
    if (!problems.isEmpty()) {
      throw new InvalidPlan(problems);
    }
    return plan;
  }

  private static LaunchPlan plan(Section root) {
    ChecksReader checks = new ChecksReader(root);
    return new LaunchPlan(
        root.required("service", PlanReader::name, "missing"),
        root.required("environment", PlanReader::name, "missing"),
        root.required("version", PlanReader::name, "missing"),
        root.text("commander"),
        root.orNull("launchAt", PlanReader::instant),
        image(root.section("image")),
        container(root.section("container")),
        warmUp(root.section("warmUp")),
        root.has("database") ? DatabaseReader.read(root.section("database")) : null,
        root.has("compatibility") ? compatibility(root.section("compatibility")) : null,
        root.texts("configuration", PlanReader::absolutePath),
        TrafficReader.read(root.section("traffic")),
        MetricsReader.read(root.section("metrics")),
        checks.ofMilestones(),
        checks.ofEachStep(),
        GateReader.read(root),
        root.map("offsets", Milestone::of, PlanReader::offset),
        limits(root.section("limits")),
        NotificationsReader.read(root.section("notifications")),
        TeamReader.briefing(root),
        TeamReader.handOver(root),
        ChecklistReader.read(root),
        AlertsReader.read(root));
  }

  private static ImageReference image(Section image) {
    String reference = image.text("reference");
    @Nullable String digest = image.orNull("digest", Section::notBlank);
    image.noMore();
    try {
      return new ImageReference(reference, digest);
    } catch (IllegalArgumentException wrong) {
      image.problem(digest == null ? "reference" : "digest", String.valueOf(wrong.getMessage()));
      return new ImageReference("missing", null);
    }
  }

  private static ContainerSpec container(Section container) {
    Section ready = container.section("ready");
    ContainerSpec spec =
        new ContainerSpec(
            container.integer("port", 8080, 1, 65_535),
            container.text("network"),
            addresses(container.section("addresses")),
            container.map("environment", Section::notBlank, PlanReader::variable),
            container.map(
                "mounts",
                PlanReader::absolutePath,
                (section, key) -> section.required(key, PlanReader::absolutePath, "/")),
            container.optional("memory", Bytes::parse, 0L),
            container.decimal("cpus", 0, 0, 1_024),
            container.texts("health", text -> text),
            ready.optional("path", PlanReader::urlPath, "/health/ready"),
            ready.duration("within", Duration.ofSeconds(60), SECOND, HOUR),
            container.duration("stopWithin", Duration.ofSeconds(20), SECOND, HOUR),
            container.texts("errorPatterns", PlanReader::pattern));
    ready.noMore();
    container.noMore();
    return spec;
  }

  private static Map<Slot, String> addresses(Section addresses) {
    Map<Slot, String> read = new TreeMap<>();
    for (Slot slot : Slot.values()) {
      read.put(slot, addresses.required(slot.word(), PlanReader::address, "0.0.0.0"));
    }
    addresses.noMore();
    return read;
  }

  private static WarmUp warmUp(Section warmUp) {
    List<String> paths = warmUp.texts("paths", PlanReader::urlPath);
    WarmUp read =
        new WarmUp(paths, warmUp.integer("requests", paths.isEmpty() ? 0 : 1_000, 0, 100_000));
    warmUp.noMore();
    return read;
  }

  private static CompatibilitySpec compatibility(Section compatibility) {
    CompatibilitySpec spec =
        new CompatibilitySpec(
            compatibility.required("address", PlanReader::address, "0.0.0.0"),
            compatibility.map("environment", Section::notBlank, PlanReader::variable),
            compatibility.list("checks", CheckReader::read),
            compatibility.list("readBack", CheckReader::read),
            compatibility.texts("expectedSqlStates", PlanReader::sqlState));
    compatibility.noMore();
    return spec;
  }

  private static String sqlState(String text) {
    if (!text.matches("(23|42)[0-9A-Z]{3}")) {
      throw new IllegalArgumentException(
          "must be an SQLSTATE of class 23 or 42 such as 23505, was '" + text + "'");
    }
    return text;
  }

  private static Duration offset(Section offsets, String milestone) {
    return offsets.duration(milestone, Duration.ZERO, Duration.ofDays(-30), Duration.ofDays(60));
  }

  private static Limits limits(Section limits) {
    Limits read =
        new Limits(
            limits.duration("hold", Duration.ofHours(4), SECOND, Duration.ofDays(7)),
            limits.duration("helpEvery", Duration.ofMinutes(15), SECOND, DAY),
            limits.duration("answerWithin", Duration.ofMinutes(5), SECOND, DAY),
            limits.duration("guardWindow", HOUR, SECOND, HOUR),
            limits.duration("extension", Duration.ofDays(7), Duration.ZERO, Duration.ofDays(30)),
            limits.duration("step", Duration.ofMinutes(5), SECOND, HOUR));
    limits.noMore();
    return read;
  }

  static String variable(Section environment, String key) {
    String value = environment.has(key) ? environment.optional(key, text -> text, "") : "";
    boolean secret = Secrecy.looksSecret(key) || Secrecy.hasPassword(value);
    if (secret && !SecretReference.isReference(value)) {
      environment.problem(
          key,
          "looks like a secret and must be a reference, env:NAME or file:/absolute/path (the value is not shown here)");
    }
    return value;
  }

  private static String name(String text) {
    if (!LaunchId.isName(text)) {
      throw new IllegalArgumentException(
          "must be 1 to 63 letters, digits, '.', '_' or '-', starting with a letter or digit, was '"
              + text
              + "'");
    }
    return text;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "must be an instant such as 2026-11-22T20:00:00Z, was '" + text + "'", wrong);
    }
  }

  static String absolutePath(String text) {
    if (!text.startsWith("/") || text.contains("/../") || text.endsWith("/..")) {
      throw new IllegalArgumentException(
          "must be an absolute path on the worker's host, was '" + text + "'");
    }
    return text;
  }

  private static String urlPath(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("must start with '/', was '" + text + "'");
    }
    return text;
  }

  private static String address(String text) {
    if (!text.matches("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}")) {
      throw new IllegalArgumentException(
          "must be an IPv4 address such as 172.31.250.11, was '" + text + "'");
    }
    return text;
  }

  private static String pattern(String text) {
    try {
      java.util.regex.Pattern.compile(text);
      return text;
    } catch (java.util.regex.PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "must be a regular expression, was '" + text + "': " + wrong.getDescription(), wrong);
    }
  }
}
