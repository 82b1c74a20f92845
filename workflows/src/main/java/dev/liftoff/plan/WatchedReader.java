package dev.liftoff.plan;

import dev.liftoff.metrics.Instrumentation;
import dev.liftoff.metrics.Metric;
import dev.liftoff.metrics.Response;
import dev.liftoff.metrics.watched.Direction;
import dev.liftoff.metrics.watched.KnownThing;
import dev.liftoff.metrics.watched.ReadyQueries;
import dev.liftoff.metrics.watched.Rule;
import dev.liftoff.metrics.watched.Thing;
import dev.liftoff.metrics.watched.WatchedSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is watched beside the limits. */
final class WatchedReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final double MOST = 1e15;
  private static final Pattern SHARE = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,6})?)\\s*%");
  private static final Pattern GROWTH =
      Pattern.compile("(\\d{1,4}(?:\\.\\d{1,6})?)\\s*%\\s*/\\s*([hd])");

  private final ReadyQueries ready;
  private final Map<Metric, String> queries;

  private WatchedReader(ReadyQueries ready, Map<Metric, String> queries) {
    this.ready = ready;
    this.queries = queries;
  }

  /**
   * Reads the section.
   *
   * @param queries what the plan asks about the same metrics anyway
   */
  static WatchedSpec read(Section watched, Map<Metric, String> queries) {
    ReadyQueries ready =
        new ReadyQueries(
            watched.orNull("instrumentation", Instrumentation::of), watched.text("matching", ""));
    WatchedReader reader = new WatchedReader(ready, queries);
    Duration before = watched.duration("before", HOUR, SECOND, DAY);
    Collection<Thing> things =
        watched
            .map(
                "things",
                WatchedReader::name,
                (section, name) -> reader.thing(section.section(name), name))
            .values();
    if (things.isEmpty()) {
      watched.problem("things", "must name at least one thing, such as request-rate");
    }
    watched.noMore();
    return new WatchedSpec(before, things.stream().sorted(RUNBOOK).toList());
  }

  /** Known things in the order of the runbook, then the others by name. */
  private static final Comparator<Thing> RUNBOOK =
      Comparator.comparing((Thing thing) ->
              KnownThing.of(thing.name()).map(Enum::ordinal).orElse(Integer.MAX_VALUE))
          .thenComparing(Thing::name);

  private Thing thing(Section thing, String name) {
    Optional<KnownThing> known = KnownThing.of(name);
    String query = query(thing, known);
    Rule rule = rule(thing, known);
    Thing read =
        new Thing(
            name,
            query,
            rule,
            thing.duration("over", KnownThing.over(rule), SECOND, DAY),
            thing.optional(
                "then",
                WatchedReader::response,
                known.map(KnownThing::then).orElse(Response.HOLD)));
    thing.noMore();
    return read;
  }

  private String query(Section thing, Optional<KnownThing> known) {
    if (thing.has("query")) {
      return thing.text("query");
    }
    try {
      Optional<String> found = known.flatMap(this::asked).or(() -> known.flatMap(ready::of));
      if (found.isEmpty()) {
        thing.problem("query", "is missing: " + noneReady(known));
      }
      return found.orElse("missing");
    } catch (IllegalArgumentException wrong) {
      thing.problem("query", "cannot be made of matching, which " + wrong.getMessage());
      return "missing";
    }
  }

  private Optional<String> asked(KnownThing known) {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.word().equals(known.word()))
        .findFirst()
        .map(queries::get);
  }

  private String noneReady(Optional<KnownThing> known) {
    if (known.isEmpty()) {
      return "a thing with a name of your own needs one";
    }
    return ready.source() == null
        ? "name an instrumentation that has one, or give it"
        : "there is none ready for " + ready.source().word();
  }

  private static Rule rule(Section thing, Optional<KnownThing> known) {
    List<String> given =
        List.of("within", "above", "below", "trend").stream().filter(thing::has).toList();
    Optional<Rule> usual = known.map(KnownThing::rule);
    Rule read = given.isEmpty() ? usual.orElse(null) : given(thing, given);
    if (read == null) {
      thing.problem(
          "within", "is missing: say what is allowed, within: 10%, above, below or trend");
      return new Rule.Within(1, 0, Direction.BOTH);
    }
    if (!(read instanceof Rule.Within within)) {
      onlyWithin(thing, "slack");
      onlyWithin(thing, "direction");
      return read;
    }
    return new Rule.Within(
        within.share(),
        thing.decimal("slack", within.slack(), 0, MOST),
        thing.optional("direction", Direction::of, within.direction()));
  }

  private static Rule given(Section thing, List<String> given) {
    if (given.size() > 1 && !given.equals(List.of("above", "below"))) {
      thing.problem(given.getLast(), "cannot be given beside " + given.getFirst() + ": remove one");
    }
    return switch (given.getFirst()) {
      case "within" ->
          new Rule.Within(thing.optional("within", WatchedReader::share, 1.0), 0, Direction.BOTH);
      case "trend" -> new Rule.Trend(thing.optional("trend", WatchedReader::growth, 1.0));
      default -> new Rule.Bounds(bound(thing, "above"), bound(thing, "below"));
    };
  }

  private static @Nullable Double bound(Section thing, String key) {
    return thing.has(key) ? (Double) thing.decimal(key, 0, -MOST, MOST) : null;
  }

  private static void onlyWithin(Section thing, String key) {
    if (thing.has(key)) {
      thing.problem(key, "would not be used: it is for within; remove it");
    }
  }

  private static double share(String text) {
    Matcher found = SHARE.matcher(text);
    if (!found.matches() || Double.parseDouble(found.group(1)) == 0) {
      throw new IllegalArgumentException("must be a share such as 10%, was '" + text + "'");
    }
    return Double.parseDouble(found.group(1)) / 100;
  }

  /** As a share in an hour. */
  private static double growth(String text) {
    Matcher found = GROWTH.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "must be a growth in an hour or a day such as 5%/h, was '" + text + "'");
    }
    double share = Double.parseDouble(found.group(1)) / 100;
    return found.group(2).equals("h") ? share : share / DAY.toHours();
  }

  private static Response response(String text) {
    if (text.equals(Response.ROLLBACK.word())) {
      throw new IllegalArgumentException(
          "must be hold, ask or report, was 'rollback': a watched thing never rolls back alone, since others than the candidate may have moved it; put a limit under metrics.limits for that");
    }
    return Response.of(text);
  }

  private static String name(String text) {
    if (!text.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException(
          "must be named by small letters, digits and '-', such as orders-per-minute");
    }
    return text;
  }
}
