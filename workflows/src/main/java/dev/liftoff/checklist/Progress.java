package dev.liftoff.checklist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a list knows: what its next run goes on with.
 *
 * @param listed the items are there; false until they were asked for
 */
public record Progress(
    boolean listed,
    List<Entry> entries,
    List<SignOff> signOffs,
    List<LogLine> log,
    long revision,
    long edits,
    @Nullable Instant examinedAt,
    String trouble) {
  static final Progress NONE = new Progress(false, List.of(), List.of(), List.of(), 0, 0, null, "");

  public Progress {
    entries = List.copyOf(entries);
    signOffs = List.copyOf(signOffs);
    log = List.copyOf(log);
  }
}
