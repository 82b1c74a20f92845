package dev.liftoff.activities.container;

import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import dev.liftoff.FailureType;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.LogScan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What containers have said, line by line, with secrets masked. */
final class Logs {
  private final Engine engine;
  private final Secrets secrets;
  private final Duration limit;

  Logs(Engine engine, Secrets secrets, Duration limit) {
    this.engine = engine;
    this.secrets = secrets;
    this.limit = limit;
  }

  /** The last lines of all that it said, the earliest first. */
  List<String> last(Found container, int lines) {
    Deque<String> kept = new ArrayDeque<>();
    Masking masking = new Masking(secrets, container);
    read(
        container,
        command -> command.withTail(lines),
        line -> {
          kept.add(masking.mask(line));
          if (kept.size() > lines) {
            kept.remove();
          }
        });
    return List.copyOf(kept);
  }

  LogScan scan(Found container, List<String> errorPatterns) {
    Scan scan =
        new Scan(
            errorPatterns.stream().map(Logs::compiled).toList(), new Masking(secrets, container));
    int start = Math.toIntExact(Math.max(0, container.startedAt().getEpochSecond()));
    read(container, command -> command.withSince(start), scan::read);
    return scan.result();
  }

  private void read(Found container, UnaryOperator<LogContainerCmd> part, Consumer<String> each) {
    Lines lines = new Lines(each);
    engine.<Frame>stream(
        "give the logs of " + container.name(),
        limit,
        (client, callback) ->
            part.apply(client.logContainerCmd(container.id()).withStdOut(true).withStdErr(true))
                .exec(callback),
        lines::take);
    lines.end();
  }

  private static Pattern compiled(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException invalid) {
      throw FailureType.INVALID_PLAN.permanent(
          "error pattern %s is no regular expression: %s; correct it in the plan"
              .formatted(pattern, invalid.getDescription()));
    }
  }
}
