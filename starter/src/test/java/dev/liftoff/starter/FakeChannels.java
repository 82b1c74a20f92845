package dev.liftoff.starter;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.ChannelTest;
import dev.liftoff.notify.NotifyTestWorkflow;
import dev.liftoff.notify.TestedChannel;
import dev.liftoff.notify.Told;
import java.util.List;
import java.util.stream.Stream;

/** A worker whose mail server is down. */
public class FakeChannels implements NotifyTestWorkflow {
  @Override
  public List<TestedChannel> test(ChannelTest wanted) {
    return Stream.of(
            new TestedChannel(ChannelKind.SLACK, "slack", Told.State.SENT, ""),
            new TestedChannel(
                ChannelKind.EMAIL,
                "email",
                Told.State.FAILED,
                "no answer, asked for by " + wanted.who()))
        .filter(one -> wanted.kinds().contains(one.kind()))
        .toList();
  }
}
