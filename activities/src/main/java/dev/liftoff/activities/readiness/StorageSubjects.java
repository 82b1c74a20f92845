package dev.liftoff.activities.readiness;

import dev.liftoff.plan.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the database keeps: its log, its indexes, its numbers. */
record StorageSubjects(Asked asked) {
  private static final String ARCHIVER =
      """
      SELECT current_setting('archive_mode'), last_archived_wal, last_archived_time, failed_count,
        last_failed_wal, last_failed_time, clock_timestamp()
      FROM pg_stat_archiver\
      """;

  private static final String INVALID =
      """
      SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready
      ORDER BY 1\
      """;

  /** Transaction ids are 31 bits to either side. */
  private static final String OLDEST_ID =
      """
      SELECT datname, 100.0 * greatest(age(datfrozenxid), mxid_age(datminmxid)) / 2147483648
      FROM pg_database ORDER BY 2 DESC LIMIT 1\
      """;

  private static final String SEQUENCES =
      """
      SELECT format('%I.%I', s.schemaname, s.sequencename),
        100.0 * s.last_value / least(s.max_value, CASE a.atttypid
          WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
          ELSE 9223372036854775807 END)
      FROM pg_sequences s
      JOIN pg_class c ON c.oid = format('%I.%I', s.schemaname, s.sequencename)::regclass
      LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE s.last_value IS NOT NULL AND s.increment_by > 0
      ORDER BY 2 DESC LIMIT 1\
      """;

  private static final String HIDDEN_SEQUENCES =
      """
      SELECT count(*) FROM pg_class
      WHERE CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege(oid, 'SELECT, USAGE') END\
      """;

  private static final String SLOTS =
      """
      SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)
      FROM pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL ORDER BY 2 DESC\
      """;

  private static final String FAILURES =
      """
      SELECT coalesce(datname, 'shared tables'), checksum_failures FROM pg_stat_database
      WHERE checksum_failures > 0 ORDER BY 2 DESC\
      """;

  /** What the archiver says of itself. */
  private record Archiver(
      String mode,
      @Nullable String lastFile,
      @Nullable Instant last,
      long failures,
      @Nullable String failedFile,
      @Nullable Instant failed,
      Instant now) {
    boolean failsNow() {
      return failed != null && (last == null || failed.isAfter(last));
    }

    String ago(Instant moment) {
      return Durations.text(Duration.ofSeconds(Duration.between(moment, now).toSeconds())) + " ago";
    }
  }

  Seen archiving(Connection connection) throws SQLException {
    String limit = "the log is archived, and the last attempt did not fail";
    Archiver archiver = Rows.one(connection, ARCHIVER, StorageSubjects::archiver);
    if (archiver.mode().equals("off")) {
      return Seen.fail(
          "archive_mode is off: the database can only be restored to a whole backup", limit);
    }
    if (archiver.failsNow()) {
      return Seen.fail(
          "archiving %s failed %s, %d failures in all; look at archive_command and the room there"
              .formatted(
                  archiver.failedFile(),
                  archiver.ago(java.util.Objects.requireNonNull(archiver.failed())),
                  archiver.failures()),
          limit);
    }
    return archiver.last() == null
        ? Seen.noData("nothing was archived yet; call pg_switch_wal() and look again", limit)
        : Seen.pass(
            "%s was archived %s".formatted(archiver.lastFile(), archiver.ago(archiver.last())),
            limit);
  }

  private static Archiver archiver(java.sql.ResultSet row) throws SQLException {
    return new Archiver(
        row.getString(1),
        row.getString(2),
        instant(row, 3),
        row.getLong(4),
        row.getString(5),
        instant(row, 6),
        row.getTimestamp(7).toInstant());
  }

  private static @Nullable Instant instant(java.sql.ResultSet row, int column) throws SQLException {
    java.sql.Timestamp moment = row.getTimestamp(column);
    return moment == null ? null : moment.toInstant();
  }

  Seen indexes(Connection connection) throws SQLException {
    List<String> invalid = Rows.all(connection, INVALID, row -> row.getString(1));
    return invalid.isEmpty()
        ? Seen.pass("every index is valid", "none is invalid")
        : Seen.fail(
            "%d invalid: %s; drop it or REINDEX CONCURRENTLY"
                .formatted(invalid.size(), some(invalid.stream())),
            "none is invalid");
  }

  Seen transactionIds(Connection connection) throws SQLException {
    return Rows.one(
        connection,
        OLDEST_ID,
        row ->
            share(
                row.getDouble(2),
                "the oldest transaction id of %s is %.1f %% of the way to a wraparound"
                    .formatted(row.getString(1), row.getDouble(2))));
  }

  Seen sequences(Connection connection) throws SQLException {
    long hidden = Rows.one(connection, HIDDEN_SEQUENCES, row -> row.getLong(1));
    if (hidden > 0) {
      return Seen.noData(
          "%d sequences are hidden from this role; grant it USAGE on them".formatted(hidden),
          "less than %d %% used".formatted(asked.percent()));
    }
    return Rows.all(
            connection,
            SEQUENCES,
            row ->
                share(
                    row.getDouble(2),
                    "%s has used %.1f %% of its numbers"
                        .formatted(row.getString(1), row.getDouble(2))))
        .stream()
        .findFirst()
        .orElseGet(() -> share(0, "no sequence has given a number yet"));
  }

  private Seen share(double percent, String value) {
    return Seen.held(
        percent < asked.percent(), value, "less than %d %%".formatted(asked.percent()));
  }

  Seen slots(Connection connection) throws SQLException {
    List<String> idle =
        Rows.all(
            connection,
            SLOTS,
            row -> "%s keeps %d MB".formatted(row.getString(1), row.getLong(2) >> 20));
    return idle.isEmpty()
        ? Seen.pass("no inactive slot keeps the log", "none is inactive")
        : Seen.fail(
            some(idle.stream()) + " of the log for nobody; drop the slot or start its reader",
            "none is inactive");
  }

  Seen checksums(Connection connection) throws SQLException {
    String limit = "on, and none has failed";
    if (!Rows.one(connection, "SHOW data_checksums", row -> row.getString(1)).equals("on")) {
      return Seen.fail("data_checksums is off: a damaged page is read as if it were good", limit);
    }
    List<String> failed =
        Rows.all(
            connection,
            FAILURES,
            row -> "%d pages of %s".formatted(row.getLong(2), row.getString(1)));
    return failed.isEmpty()
        ? Seen.pass("on, no page has failed", limit)
        : Seen.fail(some(failed.stream()) + " had a wrong checksum", limit);
  }

  private static String some(Stream<String> names) {
    List<String> all = names.toList();
    return String.join(", ", all.subList(0, Math.min(5, all.size())))
        + (all.size() > 5 ? " and %d more".formatted(all.size() - 5) : "");
  }
}
