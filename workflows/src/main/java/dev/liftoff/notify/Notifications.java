package dev.liftoff.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is told of what: the part of the plan. Addresses and credentials are the worker's.
 *
 * @param notAfter how long after its moment a message is still worth telling
 * @param required what some channel must have taken before the launch goes on; else it is held
 * @param routes the occasions that the plan routes itself; an empty list tells nobody
 */
public record Notifications(
    Duration notAfter, Set<Occasion> required, Map<Occasion, List<ChannelKind>> routes) {
  public Notifications {
    required = Set.copyOf(required);
    routes = new TreeMap<>(routes);
  }

  public Set<ChannelKind> kinds(Occasion occasion) {
    List<ChannelKind> own = routes.get(occasion);
    return new TreeSet<>(own == null ? occasion.usual() : own);
  }
}
