package switching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import switching.Switching.Time;

/** What is printed in the end. */
final class Table {
  private final Map<String, List<Time>> times = new LinkedHashMap<>();
  private final Map<String, LoadRun.Summary> loads = new LinkedHashMap<>();
  private final Map<String, Integer> rates = new LinkedHashMap<>();

  void time(String proxy, Time time) {
    times.computeIfAbsent("%-8s %-16s".formatted(proxy, time.way()), _ -> new ArrayList<>()).add(time);
  }

  void load(String proxy, int rate, LoadRun.Summary summary) {
    rates.put(proxy, rate);
    loads.put(proxy, summary);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("backends: two light servers inside this program; proxies: the host's, with deploy/demo/config; half of the requests keep-alive, 20 % POST\n\n");
    text.append("proxy    way              switches   call ms: median      p99   first request on the new slot, ms: median      p99\n");
    times.forEach((way, list) -> text.append(row(way, list)));
    text.append("\nproxy      requests   failed   executed   per second   p99 ms   switches\n");
    loads.forEach((proxy, load) -> text.append(row(proxy, load)));
    loads.values().stream().filter(load -> load.failed() > 0).forEach(load -> text.append(load.text()).append('\n'));
    return text.toString();
  }

  private static String row(String way, List<Time> list) {
    return "%s %8d %17.2f %8.2f %42.2f %8.2f%n"
        .formatted(way, list.size(), at(list, Time::call, 0.5), at(list, Time::call, 0.99), at(list, Time::effect, 0.5), at(list, Time::effect, 0.99));
  }

  private String row(String proxy, LoadRun.Summary load) {
    long switches = times.entrySet().stream().filter(entry -> entry.getKey().startsWith(proxy)).mapToLong(entry -> entry.getValue().size()).sum();
    return "%-8s %10d %8d %10d %12d %8.1f %10d%n".formatted(proxy, load.sent(), load.failed(), load.executed(), rates.get(proxy), load.p99(), switches);
  }

  /** Milliseconds that this share of the switches does not exceed. */
  private static double at(List<Time> list, ToLongFunction<Time> nanos, double share) {
    long[] sorted = list.stream().mapToLong(nanos).sorted().toArray();
    return sorted[(int) Math.ceil(sorted.length * share) - 1] / 1e6;
  }
}
