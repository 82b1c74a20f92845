package judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** One world in a table. */
record Column(World world, Map<String, Figures> figures, Function<Figures, String> shown) {
  static Column of(Season season, Map<String, Rule> rules, Function<Figures, String> shown) {
    long began = System.nanoTime();
    List<List<Race.Fired>> launches = season.run();
    Map<String, Figures> figures = new LinkedHashMap<>();
    int place = 0;
    for (String rule : rules.keySet()) {
      int index = place++;
      figures.put(rule, Figures.of(season.world(), launches.stream().map(launch -> launch.get(index)).toList()));
    }
    System.err.printf("%-20s %5.1f s  %s  %s%n", season.world().name(), (System.nanoTime() - began) / 1e9, shown.apply(figures.get(Rules.LIFTOFF)), season.choices());
    return new Column(season.world(), figures, shown);
  }

  Figures of(String rule) {
    return figures.get(rule);
  }

  static void print(String title, Set<String> rules, List<Column> columns) {
    if (columns.isEmpty()) {
      return;
    }
    System.out.printf("%n%s%n%n| rule |%s%n|---|%s%n", title, cells(columns, column -> column.world.name()), cells(columns, _ -> "---"));
    for (String rule : rules) {
      System.out.printf("| %s |%s%n", rule, cells(columns, column -> column.shown.apply(column.of(rule))));
    }
  }

  private static String cells(List<Column> columns, Function<Column, String> cell) {
    List<String> cells = new ArrayList<>();
    columns.forEach(column -> cells.add(cell.apply(column)));
    return " " + String.join(" | ", cells) + " |";
  }
}
