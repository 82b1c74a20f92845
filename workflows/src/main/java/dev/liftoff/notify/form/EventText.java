package dev.liftoff.notify.form;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Scene;

/** A message as CDEvents 0.5 in a CloudEvents 1.0 envelope. */
public final class EventText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventText() {}

  /**
   * The event, complete in its envelope.
   *
   * @param channel the name of the channel, which is part of the event's id
   */
  public static ObjectNode of(Sending sending, String channel) {
    LaunchId launch = sending.launch();
    String type = type(sending.announcement().occasion());
    String source = "/liftoff/" + launch.service() + "/" + launch.environment();
    ObjectNode event = JSON.createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", sending.key(channel));
    event.put("source", source);
    event.put("type", type);
    event.put("subject", launch.toString());
    event.put("time", sending.moment().toString());
    event.put("datacontenttype", "application/json");
    ObjectNode context = event.putObject("data").putObject("context");
    context.put("specversion", "0.5.0");
    context.put("id", sending.key(channel));
    context.put("source", source);
    context.put("type", type);
    context.put("timestamp", sending.moment().toString());
    event.withObject("/data").set("subject", subject(sending, type));
    return event;
  }

  private static String type(Occasion occasion) {
    return switch (occasion) {
      case STARTING -> "dev.cdevents.pipelinerun.started.0.3.0";
      case TRAFFIC -> "dev.cdevents.service.upgraded.0.3.0";
      case ROLLING_BACK -> "dev.cdevents.incident.detected.0.3.0";
      case ROLLED_BACK -> "dev.cdevents.service.rolledback.0.3.0";
      case LAUNCHED, SCRUBBED, CANCELLED, LEFT_BEHIND -> "dev.cdevents.pipelinerun.finished.0.3.0";
      default -> "dev.cdeventsx.liftoff-launch." + occasion.word().replace("-", "") + ".0.1.0";
    };
  }

  private static ObjectNode subject(Sending sending, String type) {
    LaunchId launch = sending.launch();
    ObjectNode subject = JSON.createObjectNode();
    ObjectNode content = JSON.createObjectNode();
    if (type.contains(".service.")) {
      subject.put("id", launch.service());
      content.putObject("environment").put("id", launch.environment());
      content.put("artifactId", artifact(sending));
    } else if (type.contains(".incident.")) {
      subject.put("id", launch + "/rollback");
      content.put("description", sending.announcement().title());
      content.putObject("environment").put("id", launch.environment());
      content.putObject("service").put("id", launch.service());
      content.put("artifactId", artifact(sending));
    } else {
      subject.put("id", launch.toString());
      content.put("pipelineName", "launch of " + launch.service());
      if (type.contains(".finished.")) {
        content.put("outcome", outcome(sending.announcement().occasion()));
      }
    }
    subject.set("content", content);
    return subject;
  }

  private static String outcome(Occasion occasion) {
    return switch (occasion) {
      case LAUNCHED -> "success";
      case SCRUBBED, CANCELLED -> "cancel";
      default -> "failure";
    };
  }

  /** A package URL: by its digest where the plan names one. */
  private static String artifact(Sending sending) {
    Scene scene = sending.announcement().scene();
    String image = scene == null ? "" : scene.image();
    LaunchId launch = sending.launch();
    return image.contains("@")
        ? "pkg:oci/"
            + launch.service()
            + "@"
            + image.substring(image.indexOf('@') + 1).replace(":", "%3A")
        : "pkg:generic/" + launch.service() + "@" + launch.version();
  }
}
