package dev.liftoff.activities.database.rescue;

import dev.liftoff.FailureType;
import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.Canonical;
import dev.liftoff.activities.database.Catalog;
import dev.liftoff.activities.database.Identity;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.backup.DiskRoom;
import dev.liftoff.database.Anchor;
import dev.liftoff.database.TableState;
import dev.liftoff.plan.Durations;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The anchor of a migration: a copy of the live database, made by the server file by file while the
 * service is kept out, and compared with it by the content of every table. Its name and its comment
 * say whose it is. Nobody but the migrating role may enter it.
 *
 * <p>Repeating within one freeze answers the same twin, after comparing it again. A twin of an
 * earlier freeze is stale and made anew: it never was the live database.
 */
public record Twin(PostgresServer server, LaunchFolder folder, Progress progress) {
  /**
   * Copied bytes per second where nothing is known: 2.1 GB took 7 s on a quiet machine and 16 to 35
   * s on a busy one, database.md 2; comparing reads both once more.
   */
  static final long BYTES_PER_SECOND = 60_000_000;

  public static final String MARKER = "twin of the database of the launch ";
  private static final String FACTS =
      "SELECT oid, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?";
  private static final String SIZE = "SELECT pg_database_size(?)";
  private static final String MOMENT =
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::xid, pg_current_wal_lsn()";

  /**
   * The twin exists and equals the live database.
   *
   * <p>Permanent: {@code MIGRATION_FAILED} when writes are not frozen, when copying would take
   * longer than the plan's {@code freezeLimit}, or when the copy differs; {@code DATABASE_REFUSED}
   * when a database of that name is not this launch's.
   */
  public Anchor make() throws SQLException, IOException {
    FreezeNote freeze = FreezeNote.read(folder);
    if (freeze == null) {
      throw failed("there is no twin without frozen writes; freeze them first");
    }
    try (Connection outside = Outside.open(server)) {
      AnchorNote known = AnchorNote.read(folder);
      Instant begin = Instant.now();
      if (known == null || !known.freeze().equals(freeze.id()) || !stands(outside, known)) {
        Settings.requireCopyable(outside, server.database());
        requireTime(outside);
        requireRoom();
        known = null;
        copy(outside, freeze);
      }
      AnchorNote note = compared(outside, freeze, begin);
      if (known == null) {
        note.write(folder);
      }
      return (known == null ? note : known).anchor();
    }
  }

  public static String name(LaunchId launch) {
    return Names.twin(launch);
  }

  /** It is there, and it is the one that was noted. */
  static boolean stands(Connection outside, AnchorNote note) throws SQLException {
    String oid = Sql.value(outside, "SELECT oid FROM pg_database WHERE datname = ?", note.twin());
    return Long.toString(note.oid()).equals(oid)
        && Identity.systemIdentifier(outside).equals(note.server());
  }

  private void requireTime(Connection outside) throws SQLException {
    long bytes = Sql.number(outside, SIZE, server.database());
    Duration predicted = predicted(bytes);
    Duration limit = server.spec().migration().freezeLimit();
    if (predicted.compareTo(limit) > 0) {
      throw failed(
          "a twin of %d MB would take about %s, longer than the freezeLimit of %s; raise it or migrate online"
              .formatted(bytes / 1_000_000, Durations.text(predicted), Durations.text(limit)));
    }
  }

  /** A disk that fills up stops the live database too. */
  private void requireRoom() throws SQLException, IOException {
    try (Connection live = server.open(Purpose.READ)) {
      DiskRoom.requireBesideLive("the twin", live, server);
    }
  }

  static Duration predicted(long bytes) {
    return Duration.ofSeconds(bytes / BYTES_PER_SECOND + 1);
  }

  private void copy(Connection outside, FreezeNote freeze) throws SQLException {
    String twin = name(server.launch());
    discard(outside, twin);
    progress.report("copying %s to %s".formatted(server.database(), twin));
    Sql.execute(
        outside,
        "SET statement_timeout = %d".formatted(server.spec().migration().freezeLimit().toMillis()));
    Sql.execute(outside, create(outside, twin, freeze));
    Sql.execute(
        outside,
        "COMMENT ON DATABASE %s IS %s"
            .formatted(Names.quoted(twin), Names.literal(marker(server, outside))));
    close(outside, twin);
    Settings.copy(outside, server.database(), twin);
  }

  private String create(Connection outside, String twin, FreezeNote freeze) throws SQLException {
    // The other strategy writes every page to the log: 2.7 times as slow. Older servers know only
    // this one.
    String strategy =
        outside.getMetaData().getDatabaseMajorVersion() >= 15 ? " STRATEGY FILE_COPY" : "";
    return "CREATE DATABASE %s TEMPLATE %s OWNER %s%s"
        .formatted(
            Names.quoted(twin), Names.quoted(server.database()), freeze.rights().owner(), strategy);
  }

  /** Nobody but the migrating role may enter it. */
  static void close(Connection outside, String twin) throws SQLException {
    String migrator = Sql.value(outside, "SELECT quote_ident(current_user)");
    outside.setAutoCommit(false);
    Rights.read(outside, twin).onlyLetsIn(String.valueOf(migrator)).apply(outside, twin);
    outside.commit();
    outside.setAutoCommit(true);
  }

  /**
   * There is no twin of this launch any more, and no rescue: for when it is settled. A database
   * that ever had the live name is never removed.
   */
  public void discard() throws SQLException {
    try (Connection outside = Outside.open(server)) {
      var _ = discard(outside);
    }
  }

  /**
   * The same over a session in another database.
   *
   * @return its name
   */
  public String discard(Connection outside) throws SQLException {
    discard(outside, name(server.launch()));
    return name(server.launch());
  }

  private void discard(Connection outside, String twin) throws SQLException {
    List<String[]> facts = Sql.rows(outside, 2, FACTS, twin);
    if (facts.isEmpty()) {
      return;
    }
    String comment = facts.getFirst()[1];
    // Without a comment it was copied by an attempt that died right then: the name has the launch
    // in it.
    if (comment != null
        && (!comment.startsWith(marker(server, outside)) || comment.contains(Swap.WAS_LIVE))) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database %s is not the twin of this launch; rename it or remove it yourself"
              .formatted(twin));
    }
    Sql.execute(outside, "DROP DATABASE %s WITH (FORCE)".formatted(Names.quoted(twin)));
  }

  static String marker(PostgresServer server, Connection outside) throws SQLException {
    return MARKER + server.launch() + " on the server " + Identity.systemIdentifier(outside);
  }

  private AnchorNote compared(Connection outside, FreezeNote freeze, Instant begin)
      throws SQLException {
    String twin = name(server.launch());
    try (Connection live = reader(server.database());
        Connection copy = reader(twin)) {
      Map<String, List<String>> columns = Columns.of(live, TableContents.tables(live));
      Map<String, TableState> contents = Contents.read(live, columns, progress);
      requireEqual(live, contents, copy, Contents.read(copy, columns, progress));
      String[] moment = Sql.rows(live, 2, MOMENT).getFirst();
      return new AnchorNote(
          freeze.id(),
          twin,
          Sql.number(outside, "SELECT oid FROM pg_database WHERE datname = ?", twin),
          Identity.systemIdentifier(outside),
          moment[0],
          moment[1],
          Instant.now(),
          Duration.between(begin, Instant.now()),
          Sql.number(outside, SIZE, twin),
          Catalog.read(live).fingerprint(),
          contents,
          columns,
          TableContents.sequences(live),
          false,
          List.of());
    }
  }

  private void requireEqual(
      Connection live,
      Map<String, TableState> contents,
      Connection copy,
      Map<String, TableState> copied)
      throws SQLException {
    @Nullable String difference =
        Contents.differences(server.database(), contents, name(server.launch()), copied).stream()
            .findFirst()
            .orElse(null);
    if (difference == null
        && !Catalog.read(live).fingerprint().equals(Catalog.read(copy).fingerprint())) {
      difference = "the schema of the twin is another one";
    }
    if (difference != null) {
      throw failed(
          "the twin is no copy of the live database: %s; look at the server's disk"
              .formatted(difference));
    }
  }

  private Connection reader(String database) throws SQLException {
    Connection connection = Canonical.of(server.open(database, Purpose.RESCUE));
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    return connection;
  }

  private static ApplicationFailure failed(String sentence) {
    return FailureType.MIGRATION_FAILED.permanent(sentence);
  }
}
