package dev.liftoff.notify.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Scene;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What the public reads: from these sentences only. No reason, number, name or host of a launch can
 * get into them.
 *
 * @param status as status pages call it
 * @param incident whether it is about an incident and not about the planned maintenance
 */
public record PublicText(String status, boolean incident, String sentence) {
  private static final int ID_DIGITS = 24;
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * The sentence for this occasion.
   *
   * @param service the name by which the public knows it
   */
  public static PublicText of(Sending sending, String service) {
    Occasion occasion = sending.announcement().occasion();
    return switch (occasion) {
      case NOTICE ->
          planned(
              "scheduled",
              "%s will be updated%s. No interruption is expected."
                  .formatted(service, hour(sending)));
      case TRAFFIC, VALIDATED ->
          planned("verifying", service + " has been updated. We are verifying it.");
      case HAND_OVER, REVIEW, SETTLED, RETROSPECTIVE, LAUNCHED ->
          planned("completed", "The update of " + service + " is complete.");
      case CALLED_OFF, SCRUBBED, CANCELLED ->
          planned("completed", "The update of " + service + " was called off.");
      case ROLLING_BACK ->
          incident(
              "investigating",
              "We noticed a problem after an update of %s and are going back to the previous version."
                  .formatted(service));
      case ROLLED_BACK ->
          incident("resolved", "The previous version of " + service + " is in use again.");
      case LEFT_BEHIND ->
          incident(
              "identified",
              "We are still looking into a problem after an update of " + service + ".");
      case TEST -> planned("completed", "This is a test of this page. No service is affected.");
      default -> planned("in_progress", "The update of " + service + " is in progress.");
    };
  }

  /** A name for something public that gives nothing away of what it names. */
  public static String id(String key) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return HexFormat.of().formatHex(sum).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static PublicText planned(String status, String sentence) {
    return new PublicText(status, false, sentence);
  }

  private static PublicText incident(String status, String sentence) {
    return new PublicText(status, true, sentence);
  }

  private static String hour(Sending sending) {
    Scene scene = sending.announcement().scene();
    Instant zero = scene == null ? null : scene.zero();
    return zero == null ? " soon" : " at " + HOUR.format(zero);
  }
}
