import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the caller asked for, within caps: a load client without bounds is a weapon. */
record Options(
    InetSocketAddress target,
    String run,
    double rate,
    long count,
    int connections,
    KeepAlive keepAlive,
    int postPercent,
    Path stopFile,
    Path idsFile,
    Path progressFile,
    Path traceFile) {

  enum KeepAlive {
    ON,
    OFF,
    BOTH;

    /** With both, every second request opens a connection of its own. */
    boolean keeps(long index) {
      return this == ON || this == BOTH && index % 2 == 0;
    }
  }

  private static final int MOST_RATE = 20_000;
  private static final int MOST_SECONDS = 3_600;
  private static final long MOST_COUNT = 10_000_000;
  private static final int MOST_CONNECTIONS = 4_096;

  static final String USAGE =
      """
      usage: run --rate <per second> (--seconds <n> | --count <n>) [options]
        --url http://127.0.0.1:18080   only 127.0.0.1 is accepted
        --connections 64               kept open from the start; more are opened when all are busy
        --keep-alive on|off|both       both: every second request has a connection of its own
        --post-percent 20              share of POST /orders, the rest is GET /items
        --run <name>                   prefix of the order ids and key of the services' own count
        --stop-file <path>             ends early when it appears (so does SIGTERM)
        --ids <path>                   ids of acknowledged orders, one per line
        --progress <path>              one JSON line per second
        --trace <path>                 one line per request: due, sent and done in µs since 1970, status or failure, slot, version, id or -""";

  static Options parse(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException("expected --name value at " + args[i]);
      }
      given.put(args[i].substring(2), args[i + 1]);
    }
    double rate = number(given, "rate", null, MOST_RATE);
    Options options =
        new Options(
            target(take(given, "url", "http://127.0.0.1:18080")),
            run(take(given, "run", "load-" + Long.toString(System.currentTimeMillis(), 36))),
            rate,
            count(given, rate),
            (int) number(given, "connections", "64", MOST_CONNECTIONS),
            KeepAlive.valueOf(take(given, "keep-alive", "on").toUpperCase(java.util.Locale.ROOT)),
            (int) number(given, "post-percent", "20", 100),
            path(given, "stop-file"),
            path(given, "ids"),
            path(given, "progress"),
            path(given, "trace"));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown option --" + given.keySet().iterator().next());
    }
    return options;
  }

  private static long count(Map<String, String> given, double rate) {
    if (given.containsKey("count") == given.containsKey("seconds")) {
      throw new IllegalArgumentException("one of --seconds and --count is needed");
    }
    long count =
        given.containsKey("count")
            ? (long) number(given, "count", null, MOST_COUNT)
            : Math.round(rate * number(given, "seconds", null, MOST_SECONDS));
    if (count > MOST_COUNT || count / rate > MOST_SECONDS) {
      throw new IllegalArgumentException("at most " + MOST_COUNT + " requests in at most " + MOST_SECONDS + " seconds");
    }
    return count;
  }

  private static InetSocketAddress target(String url) {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme()) || !"127.0.0.1".equals(uri.getHost()) || uri.getPort() < 1) {
      throw new IllegalArgumentException("--url must be http://127.0.0.1:<port>, was " + url);
    }
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  private static String run(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,40}")) {
      throw new IllegalArgumentException("--run must be 1 to 40 letters, digits, dots, dashes");
    }
    return name;
  }

  private static double number(Map<String, String> given, String name, String otherwise, double most) {
    String text = take(given, name, otherwise);
    if (text == null || !text.matches("[0-9]+(\\.[0-9]+)?") || Double.parseDouble(text) > most || Double.parseDouble(text) <= 0 && !name.startsWith("post")) {
      throw new IllegalArgumentException("--" + name + " must be a number above 0, at most " + (long) most);
    }
    return Double.parseDouble(text);
  }

  private static Path path(Map<String, String> given, String name) {
    String text = take(given, name, null);
    return text == null ? null : Path.of(text);
  }

  private static String take(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }
}
