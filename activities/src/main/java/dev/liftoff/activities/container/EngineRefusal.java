package dev.liftoff.activities.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import dev.liftoff.activities.Secrets;

/** The engine answered with an error, in its own words with secrets masked. */
final class EngineRefusal extends RuntimeException {
  static final int NOT_MODIFIED = 304;
  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;

  private final int status;
  private final String words;

  private EngineRefusal(String what, int status, String words) {
    // Without its cause, whose message is not masked and would go into the history.
    super("the container engine refused to %s: %s".formatted(what, words));
    this.status = status;
    this.words = words;
  }

  static EngineRefusal of(String what, DockerException refused, Secrets secrets) {
    return new EngineRefusal(what, refused.getHttpStatus(), secrets.mask(words(refused)));
  }

  int status() {
    return status;
  }

  String words() {
    return words;
  }

  boolean says(String part) {
    return words.contains(part);
  }

  /** docker-java puts the engine's JSON into the message: Status 404: {"message":"…"}. */
  private static String words(DockerException refused) {
    String message = String.valueOf(refused.getMessage()).strip();
    int json = message.indexOf('{');
    if (json < 0) {
      return message;
    }
    try {
      return new ObjectMapper().readTree(message.substring(json)).path("message").asText(message);
    } catch (JsonProcessingException notJson) {
      return message;
    }
  }
}
