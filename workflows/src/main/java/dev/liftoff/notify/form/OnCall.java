package dev.liftoff.notify.form;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is on call, by their ids in Slack: the only people whom a message can mention. */
public record OnCall(List<String> ids) {
  public static final OnCall NOBODY = new OnCall(List.of());
  private static final String ID = "[UW][A-Z0-9]{2,20}";

  public OnCall {
    ids = List.copyOf(ids);
    ids.stream()
        .filter(id -> !id.matches(ID))
        .findFirst()
        .ifPresent(id -> {
          throw new IllegalArgumentException(
              "must be ids of people in Slack such as U024BE7LH, with commas between them, was '"
                  + id
                  + "'");
        });
  }

  /**
   * Reads ids with commas between them.
   *
   * @throws IllegalArgumentException when one is no id
   */
  public static OnCall of(@Nullable String text) {
    return text == null
        ? NOBODY
        : new OnCall(
            Arrays.stream(text.split(",")).map(String::strip).filter(id -> !id.isEmpty()).toList());
  }

  /** As Slack calls people; empty when there is nobody. */
  String mentions() {
    return ids.stream().map(id -> "<@" + id + ">").collect(Collectors.joining(" "));
  }
}
