package dev.liftoff.notify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of an announcement.
 *
 * @param channels for each channel one line: {@code sent} or why it was not
 * @param told the same as entries of the ledger
 * @param unpaged why nobody was paged who should have been, and trying again would not help; null
 *     when somebody was, or may still be
 */
public record Delivery(Map<String, String> channels, List<Told> told, @Nullable String unpaged) {
  public static final String SENT = "sent";

  public Delivery {
    channels = new TreeMap<>(channels);
    told = told == null ? entries(channels) : List.copyOf(told);
  }

  public static Delivery of(List<Told> told) {
    return new Delivery(
        told.stream().collect(Collectors.toMap(Told::channel, Told::line, (_, last) -> last)),
        told,
        null);
  }

  public Delivery unpaged(@Nullable String why) {
    return new Delivery(channels, told, why);
  }

  /** What an older worker's notifier answered. */
  private static List<Told> entries(Map<String, String> channels) {
    return channels.entrySet().stream()
        .map(entry ->
            entry.getValue().equals(SENT)
                ? Told.sent(entry.getKey(), null)
                : Told.failed(entry.getKey(), entry.getValue(), false))
        .toList();
  }
}
