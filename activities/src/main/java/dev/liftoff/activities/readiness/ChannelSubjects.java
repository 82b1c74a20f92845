package dev.liftoff.activities.readiness;

import dev.liftoff.activities.notify.Channel;
import dev.liftoff.activities.notify.Standing;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.probe.ProbeResult.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether people would be reached. The log is no way to reach anybody. */
record ChannelSubjects(List<Channel> channels) {
  private static final String LOG = "log";

  Seen all(Asked asked) {
    String limit = "each would take a message";
    List<String> absent =
        asked.names().stream()
            .filter(name -> channels.stream().noneMatch(channel -> is(channel, name)))
            .toList();
    if (!absent.isEmpty()) {
      return Seen.fail(
          "the worker has no channel %s; set it under liftoff.notifier.channels"
              .formatted(String.join(", ", absent)),
          limit);
    }
    return together(
        channels.stream()
            .filter(channel -> !channel.name().equals(LOG))
            .filter(channel -> channel.kind() != ChannelKind.PAGER || !asked.names().isEmpty())
            .filter(channel ->
                asked.names().isEmpty()
                    || asked.names().stream().anyMatch(name -> is(channel, name)))
            .toList(),
        asked,
        limit,
        "the worker tells nobody but its log; set a channel under liftoff.notifier.channels");
  }

  Seen onCall(Asked asked) {
    return together(
        channels.stream().filter(channel -> channel.kind() == ChannelKind.PAGER).toList(),
        asked,
        "takes an event",
        "the worker has no pager; set liftoff.notifier.channels.pager");
  }

  private static boolean is(Channel channel, String name) {
    return channel.name().equals(name) || channel.kind().word().equals(name);
  }

  private static Seen together(List<Channel> asking, Asked asked, String limit, String none) {
    if (asking.isEmpty()) {
      return Seen.noData(none, limit);
    }
    List<String> facts = new ArrayList<>();
    List<Standing> standings = new ArrayList<>();
    for (Channel channel : asking) {
      Standing standing = Standing.of(channel, asked.patience().dividedBy(asking.size()));
      standings.add(standing);
      facts.add(channel.name() + " " + standing.words());
    }
    return new Seen(state(standings), facts.stream().collect(Collectors.joining("; ")), limit);
  }

  private static State state(List<Standing> standings) {
    if (standings.stream().anyMatch(each -> each.state() == Standing.State.REFUSED)) {
      return State.FAIL;
    }
    return standings.stream().allMatch(each -> each.state() == Standing.State.READY)
        ? State.PASS
        : State.NO_DATA;
  }
}
