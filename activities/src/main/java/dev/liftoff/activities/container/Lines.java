package dev.liftoff.activities.container;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The engine's frames as lines: a long line comes in several frames, and both streams are mixed.
 */
final class Lines {
  /** The rest of a longer line is dropped. */
  private static final int LONGEST = 64 * 1024;

  private final Consumer<String> each;
  private final Map<StreamType, ByteArrayOutputStream> unfinished = new EnumMap<>(StreamType.class);

  Lines(Consumer<String> each) {
    this.each = each;
  }

  void take(Frame frame) {
    ByteArrayOutputStream line =
        unfinished.computeIfAbsent(frame.getStreamType(), type -> new ByteArrayOutputStream());
    for (byte next : frame.getPayload()) {
      if (next == '\n') {
        finish(line);
      } else if (line.size() < LONGEST) {
        line.write(next);
      }
    }
  }

  void end() {
    unfinished.values().stream().filter(line -> line.size() > 0).forEach(this::finish);
  }

  private void finish(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    each.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
