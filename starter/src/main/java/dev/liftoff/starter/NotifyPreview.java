package dev.liftoff.starter;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.form.Shown;
import dev.liftoff.plan.LaunchPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liftoff notify preview}. */
@Command(
    name = "preview",
    description = {
      "Who is told what, and when, by a plan: the table, and every message as it will look.",
      "Facts that only the launch can know are examples, and say so. Needs no server."
    })
final class NotifyPreview implements Callable<Integer> {
  /** Programs read these; people who preview a launch do not. */
  private static final Set<ChannelKind> FOR_PROGRAMS =
      Set.of(ChannelKind.EVENTS, ChannelKind.WEBHOOK);

  private final Session session;

  @Mixin PlanArgument file = new PlanArgument();

  @Option(
      names = "--milestone",
      paramLabel = "WHEN",
      description = "Only this one, such as T-15m or migrate")
  @Nullable String milestone;

  @Option(
      names = "--channel",
      converter = Options.ChannelConverter.class,
      description =
          "slack, card, status-page, email, pager, graphs, events or webhook (default: all but the last two)")
  @Nullable ChannelKind channel;

  NotifyPreview(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      LaunchPlan plan = PlanFile.read(file.name()).plan();
      List<ExampleMessage> wanted = wanted(new ExampleMessages(plan, session.now()).all());
      if (session.asJson()) {
        session.json(wanted.stream().flatMap(message -> shown(plan, message).stream()).toList());
      } else {
        print(plan, wanted);
      }
      return ExitCode.OK.code();
    } catch (PlanFile.InvalidFile invalid) {
      return PlanArgument.refuse(session, invalid);
    }
  }

  private List<ExampleMessage> wanted(List<ExampleMessage> all) {
    List<ExampleMessage> wanted = all.stream().filter(message -> message.isAt(milestone)).toList();
    if (wanted.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "No message is told at '%s'.".formatted(milestone),
          "Messages are told at "
              + all.stream()
                  .map(ExampleMessage::label)
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
    return wanted;
  }

  private void print(LaunchPlan plan, List<ExampleMessage> wanted) {
    session.print(
        "%s %s in %s: who is told, by this plan. Which of these channels there are is the worker's to say."
            .formatted(plan.service(), plan.version(), plan.environment()));
    wanted.forEach(message ->
        session.print(
            "  %-9s %-14s %s"
                .formatted(
                    message.label(), message.announcement().occasion(), listed(message.kinds()))));
    for (ExampleMessage message : wanted) {
      for (Rendered rendered : shown(plan, message)) {
        session.print("");
        session.print(
            session
                .paint()
                .bold(
                    "── %s %s on %s"
                        .formatted(rendered.when(), rendered.occasion(), rendered.channel())));
        rendered.lines().forEach(session::print);
      }
    }
  }

  private List<Rendered> shown(LaunchPlan plan, ExampleMessage message) {
    return message.kinds().stream()
        .filter(kind -> channel == null ? !FOR_PROGRAMS.contains(kind) : kind == channel)
        .map(kind ->
            new Rendered(
                message.label(),
                message.announcement().occasion().word(),
                kind.word(),
                Shown.on(kind, message.sending(plan), plan.service())))
        .toList();
  }

  private static String listed(Set<ChannelKind> kinds) {
    return kinds.isEmpty()
        ? "nobody"
        : kinds.stream()
            .sorted(Comparator.naturalOrder())
            .map(ChannelKind::word)
            .collect(Collectors.joining(", "));
  }

  /** One message on one channel, with {@code -o json}. */
  record Rendered(String when, String occasion, String channel, List<String> lines) {}
}
