package dev.liftoff.simulation;

import dev.liftoff.database.Migration;
import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.SchemaState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder of migrations and how many of them are applied. */
final class SimulatedMigrations {
  private final List<Migration> applied = new ArrayList<>();
  private final List<Migration> folder = new ArrayList<>();
  private boolean strange;
  private boolean transactional = true;

  SimulatedMigrations() {
    applied.add(migration("1", "create orders"));
    folder.add(migration("1", "create orders"));
    folder.add(migration("2", "add notes"));
  }

  void pending(String version, String description) {
    folder.add(migration(version, description));
  }

  void upToDate() {
    folder.subList(applied.size(), folder.size()).clear();
  }

  /** Somebody, or half a migration, made of the schema what nobody has rehearsed. */
  void strange(boolean now) {
    strange = now;
  }

  int count() {
    return applied.size();
  }

  List<Migration> pending() {
    return List.copyOf(folder.subList(applied.size(), folder.size()));
  }

  void apply() {
    applied.addAll(pending());
  }

  void transactional(boolean each) {
    transactional = each;
  }

  void backTo(int count) {
    applied.subList(Math.min(count, applied.size()), applied.size()).clear();
    strange = false;
  }

  String version() {
    return applied.getLast().version();
  }

  String versionAt(int count) {
    return applied.get(count - 1).version();
  }

  List<String> versionsAfter(int count) {
    return applied.stream().skip(count).map(Migration::version).toList();
  }

  SchemaState state() {
    String fingerprint = hash(applied) + (strange ? "?" : "");
    return new SchemaState(version(), pending(), fingerprint, fingerprint);
  }

  Rehearsal rehearsal(@Nullable String refusal) {
    List<Migration> schema = new ArrayList<>(applied);
    List<Rehearsed> migrations = new ArrayList<>();
    for (Migration migration : pending()) {
      schema.add(migration);
      migrations.add(rehearsed(migration, hash(schema)));
    }
    return new Rehearsal(
        hash(applied),
        migrations,
        refusal == null ? MigrationClass.EXPAND : MigrationClass.CONTRACT,
        refusal == null ? List.of() : List.of(refusal),
        List.of());
  }

  static String hash(Object content) {
    return "%08x".formatted(content.toString().hashCode());
  }

  private static Migration migration(String version, String description) {
    String script = "V" + version + "__" + description.replace(' ', '_') + ".sql";
    return new Migration(version, description, script, script.hashCode());
  }

  private Rehearsed rehearsed(Migration migration, String fingerprint) {
    return new Rehearsed(
        migration.version(),
        migration.script(),
        hash(migration),
        MigrationClass.EXPAND,
        Duration.ofMillis(5),
        List.of("AccessExclusive public.orders"),
        List.of(),
        Map.of(),
        List.of("added column public.orders." + migration.description()),
        fingerprint,
        transactional);
  }
}
