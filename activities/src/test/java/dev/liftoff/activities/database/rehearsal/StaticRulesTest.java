package dev.liftoff.activities.database.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticRulesTest {

  /** Rules that are not in here have no example: {@link #everyRuleHasAnExample}. */
  private static final List<String> EXAMPLES =
      List.of(
          "drop-table|DROP TABLE IF EXISTS old",
          "drop-table|drop foreign table far",
          "drop-column|ALTER TABLE a DROP b",
          "drop-column|ALTER TABLE IF EXISTS ONLY a ADD c int, DROP COLUMN IF EXISTS b",
          "drop-column|ALTER TABLE a DROP \"constraint\"",
          "drop-schema|DROP SCHEMA s",
          "drop-owned|DROP OWNED BY bob",
          "truncate|TRUNCATE a",
          "delete-without-where|DELETE FROM a",
          "delete-without-where|DELETE FROM a USING (SELECT 1 WHERE true) b",
          "delete-without-where|WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone WHERE true",
          "update-without-where|UPDATE a SET b = (SELECT 1 WHERE true)",
          "update-without-where|WITH x AS (SELECT 1) UPDATE a SET b = 1",
          "rename|ALTER TABLE a RENAME COLUMN b TO c",
          "rename|ALTER VIEW a RENAME TO b",
          "rename-enum-value|ALTER TYPE mood RENAME VALUE 'a' TO 'b'",
          "vacuum-full|VACUUM (FULL, ANALYZE) a",
          "cluster|CLUSTER a USING b",
          "lock-table|LOCK TABLE a IN SHARE MODE",
          "disable-trigger|ALTER TABLE a DISABLE TRIGGER ALL",
          "cascade|DROP VIEW a CASCADE",
          "cascade|DROP FUNCTION f() CASCADE",
          "concurrent-index-if-not-exists|CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b)",
          "concurrent-index-not-alone|SELECT 1; DROP INDEX CONCURRENTLY i",
          "session-replication-role|SET LOCAL session_replication_role TO replica",
          "session-replication-role|SELECT set_config('session_replication_role', 'replica', true)",
          "transaction-control|SELECT 1; COMMIT; SELECT 2",
          "transaction-control|START TRANSACTION",
          "drop-database|DROP DATABASE shop",
          "outside-database|CREATE ROLE bob",
          "outside-database|GRANT admin TO shop",
          "outside-database|ALTER DATABASE shop SET work_mem = '1GB'",
          "outside-database|CREATE TABLESPACE fast LOCATION '/fast'",
          "outside-database|SELECT dblink_exec('x', 'DELETE FROM y')",
          "outside-database|SELECT pg_terminate_backend(1)",
          "alter-system|ALTER SYSTEM SET fsync = off",
          "copy-program|COPY a FROM PROGRAM 'rm'",
          "copy-program|COPY a TO '/tmp/a'",
          "copy-program|SELECT pg_read_file('/etc/passwd')",
          "drop-role|DROP USER bob",
          "alter-role|ALTER ROLE shop SUPERUSER",
          "index-not-concurrent|CREATE UNIQUE INDEX i ON a (b)",
          "constraint-validated-at-once|ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0)",
          "set-not-null|ALTER TABLE a ALTER COLUMN b SET NOT NULL",
          "unique-without-index|ALTER TABLE a ADD PRIMARY KEY (b)",
          "volatile-default|ALTER TABLE a ADD COLUMN b uuid DEFAULT gen_random_uuid()",
          "stored-generated|ALTER TABLE a ADD b int GENERATED ALWAYS AS (c + 1) STORED",
          "serial-column|ALTER TABLE a ADD b bigserial",
          "serial-column|ALTER TABLE a ADD COLUMN b int GENERATED ALWAYS AS IDENTITY",
          "type-change|ALTER TABLE a ALTER b TYPE bigint",
          "json-column|CREATE TABLE a (b json NOT NULL)",
          "wide-index|CREATE INDEX CONCURRENTLY i ON a (b, c, lower(d), e)",
          "reindex-concurrently-without-conf|REINDEX TABLE CONCURRENTLY a",
          "reindex-concurrently-without-conf|ALTER TABLE a DETACH PARTITION b CONCURRENTLY",
          "ddl-and-dml|ALTER TABLE a ADD b int; INSERT INTO c VALUES (1)",
          "several-tables-locked|ALTER TABLE a ADD b int; CREATE INDEX i ON c (d)",
          "foreign-key-without-index|CREATE TABLE a (b int REFERENCES c)",
          "search-path|SET search_path TO x",
          "search-path|SELECT pg_catalog.set_config('search_path', '', false)",
          "dynamic-sql|DO $$ BEGIN EXECUTE 'SELECT 1'; END $$");

  @Test
  void everyExampleBreaksItsRule() {
    for (String example : EXAMPLES) {
      String[] parts = example.split("\\|", 2);

      assertThat(words(parts[1])).as(parts[1]).contains(parts[0]);
    }
  }

  @Test
  void everyRuleHasAnExample() {
    Set<String> shown =
        EXAMPLES.stream()
            .map(example -> example.substring(0, example.indexOf("|")))
            .collect(Collectors.toSet());
    shown.addAll(
        StaticRules.check("sub/afterMigrate.sql", "SELECT 1", "").stream()
            .map(finding -> finding.rule().word())
            .toList());

    assertThat(EnumSet.allOf(Rule.class))
        .extracting(Rule::word)
        .containsExactlyInAnyOrderElementsOf(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- DROP TABLE a",
        "/* DROP /* TABLE */ a; TRUNCATE a */ SELECT 1",
        "SELECT 'DROP TABLE a; TRUNCATE a'",
        "SELECT E'it\\'s; DELETE FROM a'",
        "SELECT $tag$ ; DELETE FROM a; $$ $tag$",
        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM a; $$",
        "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM a WHERE b = CASE WHEN true THEN 1 END; SELECT 1; END",
        "COMMENT ON COLUMN a.b IS 'DROP COLUMN'",
        "DELETE FROM a WHERE b = 1",
        "UPDATE a SET b = 1 WHERE c = 2",
        "SELECT * FROM a FOR UPDATE",
        "INSERT INTO a VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 1",
        "CREATE TRIGGER t BEFORE UPDATE OR DELETE ON a FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE a ALTER COLUMN b DROP NOT NULL, ALTER b DROP DEFAULT",
        "ALTER TABLE a DROP CONSTRAINT c",
        "ALTER INDEX i RENAME TO j",
        "CREATE INDEX CONCURRENTLY i ON a (b)",
        "CREATE TABLE a (b int); CREATE INDEX i ON a (b); ALTER TABLE a ADD CHECK (b > 0); INSERT INTO a VALUES (1)",
        "ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID",
        "ALTER TABLE a ADD CONSTRAINT c UNIQUE USING INDEX i",
        "GRANT SELECT ON a TO bob",
        "CREATE USER MAPPING FOR shop SERVER far",
        "COPY a FROM STDIN;\nDROP TABLE a;\n\\.\nSELECT 1",
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE TABLE a (b int); END IF; COMMIT; END $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = pg_catalog AS 'SELECT 1'",
        "CREATE TABLE a (b jsonb, json text)",
        "SELECT \"drop\", \"truncate\" FROM \"table\"",
        "SAVEPOINT a; ROLLBACK TO a",
        "SELECT '${placeholder}', $1",
        "SELECT 'never ends",
        ""
      })
  void nothingIsFoundWhereNothingIs(String sql) {
    assertThat(words(sql)).isEmpty();
  }

  @Test
  void aFindingSaysFileLineFixAndWord() {
    List<Finding> findings =
        StaticRules.check("V7__x.sql", "-- first\nSELECT 'a\nb';\n\n  DROP TABLE a;", "");

    assertThat(findings)
        .extracting(Finding::toString)
        .containsExactly(
            "V7__x.sql, line 5: drops a table; do it in a later launch, after this one is settled (drop-table)");
  }

  @ParameterizedTest
  @CsvSource({
    "DO $$ BEGIN IF true THEN DELETE FROM a; END IF; END $$, delete-without-where",
    "DO $$ BEGIN LOOP UPDATE a SET b = 1; END LOOP; END $$, update-without-where",
    "DO LANGUAGE plpgsql 'x' $$ BEGIN TRUNCATE a; END $$, truncate"
  })
  void aBlockIsReadToo(String sql, String word) {
    assertThat(words(sql)).contains(word);
  }

  @Test
  void aStatementInABlockHasItsOwnLine() {
    assertThat(StaticRules.check("V1.sql", "SELECT 1;\nDO $$\nBEGIN\n  TRUNCATE a;\nEND $$", ""))
        .extracting(Finding::line)
        .containsExactly(4);
  }

  @Test
  void aConfigurationTakesTheFileOutOfTheTransaction() {
    String sql = "REINDEX INDEX CONCURRENTLY i";

    assertThat(StaticRules.check("V1.sql", sql, "executeInTransaction=false")).isEmpty();
    assertThat(StaticRules.check("V1.sql", sql, "executeInTransaction=true")).isNotEmpty();
  }

  private static Set<String> words(String sql) {
    return StaticRules.check("V1__x.sql", sql, "").stream()
        .map(finding -> finding.rule().word())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
