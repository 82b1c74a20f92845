package dev.liftoff.notify;

import java.util.Map;

/** What became of an announcement: for each channel {@code sent} or why it was not. */
public record Delivery(Map<String, String> channels) {
  public static final String SENT = "sent";

  public Delivery {
    channels = new java.util.TreeMap<>(channels);
  }
}
