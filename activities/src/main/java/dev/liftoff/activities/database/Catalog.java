package dev.liftoff.activities.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The schema as lines of facts, see {@code catalog.sql}. It is read on a {@link Canonical}
 * connection.
 */
public record Catalog(Map<String, String> facts) {
  private static final String SQL = sql();

  public static Catalog read(Connection connection) throws SQLException {
    Map<String, String> facts = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SQL)) {
      while (result.next()) {
        facts.put(result.getString("subject"), String.valueOf(result.getString("definition")));
      }
    }
    return new Catalog(facts);
  }

  /** Equal fingerprints mean equal schemas. */
  public String fingerprint() {
    Sha256 sum = new Sha256();
    facts.forEach((subject, definition) ->
        sum.add((subject + "\t" + definition + "\n").getBytes(StandardCharsets.UTF_8)));
    return sum.hex();
  }

  /**
   * The same facts, with expressions as they read after a dump and a restore: PostgreSQL then
   * spells casts and parentheses differently, such as those of {@code status IN ('a', 'b')} on a
   * varchar.
   */
  public Catalog asRestored() {
    Map<String, String> restored = new LinkedHashMap<>(facts);
    restored.replaceAll((subject, definition) -> withoutCasts(definition));
    return new Catalog(restored);
  }

  /** Equal for the live schema and for its restored copy, and for both after the same migration. */
  public String restoredFingerprint() {
    return asRestored().fingerprint();
  }

  private static String withoutCasts(String definition) {
    return definition
        .replaceAll(
            "::(character varying|double precision|bit varying|\"[^\"]+\"|[\\w.]+)(\\(\\d+(,\\d+)?\\))?(\\[\\])*",
            "")
        .replaceAll("[()\\s]", "");
  }

  private static String sql() {
    try (InputStream in = Catalog.class.getResourceAsStream("catalog.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
