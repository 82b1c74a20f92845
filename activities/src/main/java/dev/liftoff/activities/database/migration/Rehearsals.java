package dev.liftoff.activities.database.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.RowsTouched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The rehearsal of a launch as its migration needs it: which files in which order, and the
 * fingerprint after each.
 */
record Rehearsals(Rehearsal rehearsal) {

  /** Empty when the launch has not rehearsed. */
  static Optional<Rehearsals> read(LaunchFolder folder) throws IOException {
    Path file = folder.rehearsal();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode saved = Payloads.mapper().readTree(file.toFile());
    JsonNode answer = saved.has("rehearsal") ? saved.get("rehearsal") : saved;
    return Optional.of(new Rehearsals(Payloads.mapper().treeToValue(answer, Rehearsal.class)));
  }

  List<String> scripts() {
    return rehearsal.migrations().stream().map(Rehearsed::script).toList();
  }

  /** Of the catalog after the first so many; of the one before all of them for 0. */
  String fingerprint(int applied) {
    return applied == 0
        ? rehearsal.fingerprint()
        : rehearsal.migrations().get(applied - 1).fingerprint();
  }

  String lastFingerprint() {
    return fingerprint(rehearsal.migrations().size());
  }

  /** What all of them do to rows, by table. */
  Map<String, RowsTouched> rows() {
    return rehearsal.rows();
  }

  /** The tables that these files lock, rewrite or write to. */
  List<String> tables(List<String> files) {
    TreeSet<String> tables = new TreeSet<>();
    for (Rehearsed each : rehearsal.migrations()) {
      if (files.contains(each.script())) {
        each.locks().forEach(lock -> tables.add(lock.substring(lock.indexOf(' ') + 1)));
        tables.addAll(each.rewritten());
        tables.addAll(each.rows().keySet());
      }
    }
    return List.copyOf(tables);
  }

  /** Permanent unless these are the files that were rehearsed, byte by byte, in their order. */
  void requireSame(Path migrations, List<String> recorded, List<String> pending)
      throws IOException {
    List<String> wanted = new ArrayList<>(recorded);
    wanted.addAll(pending);
    if (!wanted.equals(scripts())) {
      throw changed(
          "the migrations changed after they were rehearsed: rehearsed %s, now %s"
              .formatted(scripts(), wanted));
    }
    for (Rehearsed each : rehearsal.migrations()) {
      String now = Sha256.of(migrations.resolve(each.script()));
      if (!now.equals(each.sha256())) {
        throw changed(
            "%s changed after it was rehearsed and approved: sha256 %s then, %s now"
                .formatted(each.script(), each.sha256(), now));
      }
    }
  }

  /** Permanent unless the live schema is the one that was rehearsed. */
  void requireSameStart(LiveSchema live) {
    if (!live.fingerprint().equals(rehearsal.fingerprint())) {
      throw changed("the live schema changed after it was rehearsed");
    }
  }

  private static RuntimeException changed(String sentence) {
    return FailureType.MIGRATION_FAILED.permanent(
        sentence
            + "; nothing is applied, launch again so that what is applied is what was rehearsed");
  }
}
