package dev.liftoff.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.gate.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds of channels to try, as somebody typed it.
 *
 * @param channels their words; empty for all that are not public
 * @param who who wants to know
 */
public record ChannelTest(List<String> channels, @Nullable String who) {
  private static final String UNREADABLE = "unreadable";

  public ChannelTest {
    channels = List.copyOf(channels);
  }

  /**
   * The kinds that are meant. What the public reads is tried only when it is named.
   *
   * @throws IllegalArgumentException naming all words when one is no channel
   */
  public Set<ChannelKind> kinds() {
    Set<ChannelKind> kinds = new TreeSet<>();
    channels.forEach(word -> kinds.add(ChannelKind.of(word)));
    return channels.isEmpty() ? Occasion.TEST.usual() : kinds;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ChannelTest read(JsonNode json) {
    JsonNode listed = json.path("channels");
    boolean readable = json.isObject() && (listed.isMissingNode() || listed.isArray());
    List<String> channels = new ArrayList<>();
    listed.forEach(word -> channels.add(word.isTextual() ? word.asText() : UNREADABLE));
    return new ChannelTest(readable ? channels : List.of(UNREADABLE), Texts.text(json, "who"));
  }
}
