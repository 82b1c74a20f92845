package dev.liftoff.notify.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.Payloads;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Scene;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The whole message as JSON. */
public final class MessageJson {
  private static final ObjectMapper JSON = Payloads.mapper();
  private static final String SCHEMA = "liftoff.message/v1";

  private MessageJson() {}

  /**
   * One object, in a schema of its own.
   *
   * @param channel the name of the channel, which is part of the key
   */
  public static String of(Sending sending, String channel) {
    Announcement announcement = sending.announcement();
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("schema", SCHEMA);
    message.put("key", sending.key(channel));
    message.put("launch", sending.launch().toString());
    message.put("occasion", announcement.occasion());
    message.put("severity", announcement.severity());
    message.put("title", announcement.title());
    message.put("facts", announcement.facts());
    message.put("missed", sending.missed(channel));
    @Nullable Scene scene = announcement.scene();
    message.put("scene", scene);
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
