package dev.liftoff.notify.form;

import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Occasion;
import java.util.ArrayList;
import java.util.List;

/** A message as each kind of channel shows it, by the same code that the channels send it with. */
public final class Shown {
  private static final String SLACK = "slack-posts";

  private Shown() {}

  /**
   * The lines that somebody reads there.
   *
   * @param service the name by which the public knows the service
   */
  public static List<String> on(ChannelKind kind, Sending sending, String service) {
    return switch (kind) {
      case SLACK -> lines(SlackMessage.of(sending, SLACK, false).text());
      case CARD -> lines(SlackMessage.card(sending, SLACK).text());
      case STATUS_PAGE -> {
        PublicText text = PublicText.of(sending, service);
        yield List.of(text.status() + ": " + text.sentence());
      }
      case EMAIL -> mail(sending);
      case PAGER ->
          List.of(page(sending.announcement().occasion()) + ": " + PageText.summary(sending));
      case GRAPHS -> List.of(Wording.of(sending, "grafana", false).heading());
      case EVENTS -> lines(EventText.of(sending, "events").toPrettyString());
      case WEBHOOK -> List.of(MessageJson.of(sending, "webhook"));
    };
  }

  private static List<String> mail(Sending sending) {
    MailText mail = MailText.of(sending, Wording.of(sending, "email", false));
    List<String> lines = new ArrayList<>(List.of("Subject: " + mail.subject(), ""));
    lines.addAll(lines(mail.text()));
    return lines;
  }

  private static String page(Occasion occasion) {
    return switch (occasion) {
      case ROLLING_BACK, NEEDS_HUMAN -> "PAGES";
      case ROLLED_BACK, SETTLED -> "resolves";
      case TEST -> "PAGES, and resolves";
      default -> "change event, pages nobody";
    };
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }
}
