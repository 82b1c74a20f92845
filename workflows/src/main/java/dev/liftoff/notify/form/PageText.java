package dev.liftoff.notify.form;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.gate.Texts;
import dev.liftoff.notify.Announcement;
import java.util.Locale;

/** A message as a pager's events have it. */
public final class PageText {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As the reference of PagerDuty's Events API v2 limits it. */
  private static final int LONGEST_SUMMARY = 1_024;

  private PageText() {}

  /** The event's payload, without what only an alert has. */
  public static ObjectNode payload(Sending sending) {
    Announcement announcement = sending.announcement();
    Wording wording = Wording.of(sending, "pagerduty", false);
    ObjectNode payload = JSON.createObjectNode();
    payload.put("summary", summary(sending));
    payload.put("source", "liftoff");
    payload.put("timestamp", sending.moment().toString());
    ObjectNode details = payload.putObject("custom_details");
    details.put("launch", sending.launch().toString());
    details.put("occasion", announcement.occasion().word());
    ArrayNode facts = details.putArray("facts");
    wording.lines().forEach(facts::add);
    details.put("issues", wording.issues());
    return payload;
  }

  /** The line that wakes people. */
  public static String summary(Sending sending) {
    Announcement announcement = sending.announcement();
    return Texts.cut(
        "%s %s in %s: %s%s"
            .formatted(
                sending.launch().service(),
                sending.launch().version(),
                sending.launch().environment(),
                announcement.title().toLowerCase(Locale.ROOT),
                announcement.facts().isEmpty() ? "" : ": " + announcement.facts().getFirst()),
        LONGEST_SUMMARY);
  }
}
