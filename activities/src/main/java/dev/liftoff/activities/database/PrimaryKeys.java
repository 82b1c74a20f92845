package dev.liftoff.activities.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The primary keys that a table had in the snapshot, one JSON array in each line. They are what can
 * be compared with a database that goes on growing: its count says nothing about the rows that were
 * there.
 */
public final class PrimaryKeys {
  /** Tables with more rows are compared by their count only. */
  public static final long LARGEST_TABLE = 1_000_000;

  /** No more rows than this are in memory. */
  private static final int CHUNK = 5_000;

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname), format_type(a.atttypid, NULL)
      FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = to_regclass(?) AND i.indisprimary ORDER BY k.position
      """;

  private PrimaryKeys() {}

  public record Column(String name, String type) {}

  public static List<Column> columns(Connection connection, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          columns.add(new Column(result.getString(1), result.getString(2)));
        }
      }
    }
    return columns;
  }

  /** Within a transaction, so that the rows stream. */
  public static void save(Connection connection, String table, List<Column> columns, Path file)
      throws SQLException, IOException {
    String keys = String.join(", ", columns.stream().map(each -> each.name() + "::text").toList());
    try (Statement statement = connection.createStatement();
        Writer out = writer(file)) {
      statement.setFetchSize(CHUNK);
      try (ResultSet result =
          statement.executeQuery("SELECT %s FROM ONLY %s".formatted(keys, table))) {
        while (result.next()) {
          out.append(JSON.writeValueAsString(row(result, columns.size()))).append('\n');
        }
      }
    }
  }

  /** How many of the saved keys the table no longer has. Within a transaction. */
  public static long missing(Connection connection, String table, List<Column> columns, Path file)
      throws SQLException, IOException {
    // Otherwise the planner may read the whole table once for each chunk.
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
    }
    long missing = 0;
    try (PreparedStatement statement = connection.prepareStatement(antiJoin(table, columns));
        BufferedReader keys = reader(file)) {
      for (List<String[]> chunk = next(keys); !chunk.isEmpty(); chunk = next(keys)) {
        missing += missing(connection, statement, chunk, columns.size());
      }
    }
    return missing;
  }

  private static List<String[]> next(BufferedReader keys) throws IOException {
    List<String[]> chunk = new ArrayList<>(CHUNK);
    while (chunk.size() < CHUNK) {
      String line = keys.readLine();
      if (line == null) {
        break;
      }
      chunk.add(JSON.readValue(line, String[].class));
    }
    return chunk;
  }

  private static Writer writer(Path file) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
  }

  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }

  private static long missing(
      Connection connection, PreparedStatement statement, List<String[]> chunk, int columns)
      throws SQLException {
    for (int column = 0; column < columns; column++) {
      int position = column;
      Object[] values = chunk.stream().map(row -> row[position]).toArray();
      statement.setArray(column + 1, connection.createArrayOf("text", values));
    }
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private static String antiJoin(String table, List<Column> columns) {
    List<String> arrays = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    for (Column column : columns) {
      String key = "k" + arrays.size();
      arrays.add("?::text[]");
      names.add(key);
      equal.add("live.%s = saved.%s::%s".formatted(column.name(), key, column.type()));
    }
    return "SELECT count(*) FROM unnest(%s) AS saved(%s) WHERE NOT EXISTS (SELECT FROM %s AS live WHERE %s)"
        .formatted(
            String.join(", ", arrays),
            String.join(", ", names),
            table,
            String.join(" AND ", equal));
  }

  private static String[] row(ResultSet result, int columns) throws SQLException {
    String[] row = new String[columns];
    for (int column = 0; column < columns; column++) {
      row[column] = result.getString(column + 1);
    }
    return row;
  }
}
