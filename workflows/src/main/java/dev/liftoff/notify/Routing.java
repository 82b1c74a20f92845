package dev.liftoff.notify;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where a message goes, and what its channels must know of those before it.
 *
 * @param kinds the channels that hear of it
 * @param only names of the channels that have not had it yet; empty for all
 * @param missed for a channel's name, the messages that it missed and that this one stands for
 * @param references for a channel's name, what it called the last thing that it made in this launch
 * @param doubtful names of channels on which an earlier try got no answer, and may have told it
 * @param resent a person asked for it to be told once more
 */
public record Routing(
    Set<ChannelKind> kinds,
    List<String> only,
    Map<String, List<String>> missed,
    Map<String, String> references,
    List<String> doubtful,
    boolean resent) {
  public Routing {
    kinds = new TreeSet<>(kinds);
    only = only == null ? List.of() : List.copyOf(only);
    missed = missed == null ? Map.of() : new TreeMap<>(missed);
    references = references == null ? Map.of() : new TreeMap<>(references);
    doubtful = doubtful == null ? List.of() : List.copyOf(doubtful);
  }

  public Routing(
      Set<ChannelKind> kinds,
      List<String> only,
      Map<String, List<String>> missed,
      Map<String, String> references,
      List<String> doubtful) {
    this(kinds, only, missed, references, doubtful, false);
  }

  /** Of a message that nobody has heard of yet. */
  public static Routing to(Set<ChannelKind> kinds) {
    return new Routing(kinds, List.of(), Map.of(), Map.of(), List.of());
  }

  /** Whether this channel may have told it already. */
  public boolean isDoubtful(String channel) {
    return doubtful.contains(channel) || doubtful.contains(Told.EVERY);
  }

  public boolean reaches(String channel, ChannelKind kind) {
    return kinds.contains(kind) && (only.isEmpty() || only.contains(channel));
  }

  /** Also what a message missed that reached no channel at all. */
  public List<String> missedOn(String channel) {
    return Stream.of(channel, Told.EVERY)
        .flatMap(name -> missed.getOrDefault(name, List.of()).stream())
        .toList();
  }
}
