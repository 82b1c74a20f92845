package dev.liftoff.plan;

import dev.liftoff.SecretReference;
import dev.liftoff.container.ImageReference;
import dev.liftoff.probe.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads one check of a plan. */
final class CheckReader {
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Check STAND_IN = new Check.Disk("missing", "/", 0);

  private CheckReader() {}

  static Check read(Section check) {
    String name = check.text("name");
    return switch (check.text("type")) {
      case "http" -> http(name, check);
      case "tls" -> tls(name, check);
      case "redis" -> redis(name, check);
      case "postgres" -> postgres(name, check);
      case "disk" ->
          new Check.Disk(name, check.text("path"), check.integer("freeAtLeast", 30, 0, 100));
      case "container" -> container(name, check);
      case String other -> unknown(check, other);
    };
  }

  private static Check unknown(Section check, String type) {
    if (check.has("type")) {
      check.problem(
          "type", "must be http, tls, redis, postgres, disk or container, was '" + type + "'");
    }
    return STAND_IN;
  }

  private static Check http(String name, Section check) {
    Map<String, String> headers = check.map("headers", Section::notBlank, CheckReader::header);
    return new Check.Http(
        name,
        check.optional("method", CheckReader::method, "GET"),
        check.required("url", CheckReader::url, "http://127.0.0.1/"),
        headers,
        check.orNull("body", text -> text),
        check.integer("status", 200, 100, 599),
        check.map("expect", CheckReader::pointer, (section, key) -> section.text(key)),
        check.duration("limit", Duration.ofSeconds(5), TENTH, MINUTE));
  }

  private static Check container(String name, Section check) {
    List<String> run = check.texts("run", CommandReader::word);
    if (run.isEmpty()) {
      check.problem("run", "is missing: the program and its arguments, such as [/e2e, --quick]");
    }
    return new Check.Container(
        name,
        check.orNull("image", CheckReader::image),
        run,
        check.map("environment", CommandReader::variable, PlanReader::variable),
        check.duration("limit", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofHours(1)),
        null);
  }

  private static String image(String text) {
    return new ImageReference(text, null).reference();
  }

  private static Check tls(String name, Section check) {
    return new Check.Tls(
        name,
        check.text("host"),
        check.integer("port", 443, 1, 65_535),
        check.duration("validFor", Duration.ofDays(30), Duration.ZERO, Duration.ofDays(3_650)));
  }

  private static Check redis(String name, Section check) {
    return new Check.Redis(
        name,
        check.required("uri", CheckReader::redisUri, "redis://127.0.0.1"),
        check.orNull("password", SecretReference::new),
        check.duration("limit", Duration.ofSeconds(2), TENTH, MINUTE));
  }

  private static Check postgres(String name, Section check) {
    return new Check.Postgres(
        name,
        check.text("url"),
        check.text("user"),
        check.required("password", SecretReference::new, new SecretReference("env:MISSING")),
        check.integer("connectionsBelow", 80, 1, 100),
        check.duration("lagBelow", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)));
  }

  private static String header(Section headers, String name) {
    String value = headers.text(name);
    if (Secrecy.looksSecret(name) && !SecretReference.isReference(value)) {
      headers.problem(
          name,
          "looks like a secret and must be a reference, env:NAME or file:/absolute/path (the value is not shown here)");
    }
    return value;
  }

  private static String method(String text) {
    if (!text.matches("GET|HEAD|POST|PUT|PATCH|DELETE")) {
      throw new IllegalArgumentException(
          "must be GET, HEAD, POST, PUT, PATCH or DELETE, was '" + text + "'");
    }
    return text;
  }

  private static String url(String text) {
    if (!text.matches("(https?://[^\\s/]+|\\{candidate}|\\{baseline})(/\\S*)?")
        || Secrecy.hasCredentials(text)) {
      throw new IllegalArgumentException(
          "must be an http or https URL without credentials, or start with {candidate} or {baseline}, was '"
              + Secrecy.withoutCredentials(text)
              + "'");
    }
    return text;
  }

  private static String redisUri(String text) {
    if (!text.matches("rediss?://[^\\s@]+")) {
      throw new IllegalArgumentException(
          "must be redis://host:port without credentials; put the password under password");
    }
    return text;
  }

  private static String pointer(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "must be a JSON pointer such as /status, was '" + text + "'");
    }
    return text;
  }
}
