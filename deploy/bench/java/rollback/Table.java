package rollback;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import rollback.Return.Seen;
import stack.Shares;

/** What is printed in the end, in milliseconds. */
record Table(Map<String, List<Seen>> ways) {
  private static final Map<String, ToDoubleFunction<Seen>> ROWS = new LinkedHashMap<>();

  static {
    ROWS.put("last request sent that green answered", Seen::lastSent);
    ROWS.put("100 % on blue", Seen::allBlue);
    ROWS.put("last answer from green", Seen::lastAnswer);
    ROWS.put("the command's own answer", Seen::answered);
  }

  static Shares of(List<Seen> seen, ToDoubleFunction<Seen> figure) {
    return Shares.of(seen.stream().map(figure::applyAsDouble).toList());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("\nfrom the command, ms                                             n   median      p95      p99      max\n");
    ways.forEach((way, seen) -> ROWS.forEach((row, figure) -> text.append(line(way, row, of(seen, figure)))));
    return text.append("(p99 by nearest rank: of fifty it is the slowest)\n").toString();
  }

  private static String line(String way, String row, Shares shares) {
    return "%-22s %-38s %5d %8.1f %8.1f %8.1f %8.1f%n"
        .formatted(way, row, shares.count(), shares.median(), shares.at(0.95), shares.at(0.99), shares.max());
  }
}
