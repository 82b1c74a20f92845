package dev.liftoff.starter;

import dev.liftoff.metrics.watched.Reference;
import dev.liftoff.metrics.watched.Watched;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The watched things: now, before the launch, and at the same hour of earlier days. */
final class WatchedTable {
  private WatchedTable() {}

  static List<String> lines(List<Watched> things, Paint paint) {
    List<String> lines = new ArrayList<>();
    if (things.isEmpty()) {
      return lines;
    }
    lines.add(
        "  watched    at %-20s %10s%s"
            .formatted(Times.second(things.getFirst().at()), "now", heads(things)));
    for (Watched thing : things) {
      lines.add("             %s".formatted(row(thing, paint)));
      if (thing.state() != Watched.State.OK) {
        lines.add("               " + thing.reason());
      }
    }
    return lines;
  }

  private static String heads(List<Watched> things) {
    StringBuilder heads = new StringBuilder();
    things.stream()
        .map(Watched::references)
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of())
        .forEach(
            one -> heads.append("  %17s".formatted(one.when().replace("at the same hour ", ""))));
    return heads.toString();
  }

  private static String row(Watched thing, Paint paint) {
    StringBuilder row =
        new StringBuilder("%-23s %10s".formatted(thing.name(), thing.text(thing.value())));
    for (Reference reference : thing.references()) {
      row.append("  %17s".formatted(thing.text(reference.value())));
    }
    return row.append("  ").append(mark(thing, paint)).toString();
  }

  private static String mark(Watched thing, Paint paint) {
    return switch (thing.state()) {
      case OK -> paint.good("OK");
      case BREACH -> paint.bad("BREACH, " + thing.then());
      case NO_DATA -> paint.attention("NO DATA");
      case NOT_YET -> paint.attention("NOT YET");
    };
  }
}
