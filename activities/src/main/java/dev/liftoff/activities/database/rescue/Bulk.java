package dev.liftoff.activities.database.rescue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.PGCopyOutputStream;

/** Rows that travel in PostgreSQL's own text form, streamed. */
final class Bulk {
  private Bulk() {}

  /** How many rows there were. */
  static long copy(Connection from, String select, Connection to, String target)
      throws SQLException, IOException {
    try (OutputStream rows =
        new PGCopyOutputStream(
            to.unwrap(PGConnection.class), "COPY %s FROM STDIN".formatted(target))) {
      return manager(from).copyOut("COPY (%s) TO STDOUT".formatted(select), rows);
    } catch (IOException wrapped) {
      // What the receiving server refused.
      if (wrapped.getCause() instanceof SQLException refused) {
        throw refused;
      }
      throw wrapped;
    }
  }

  static long save(Connection from, String select, Path file) throws SQLException, IOException {
    try (OutputStream rows = new GZIPOutputStream(Files.newOutputStream(file))) {
      return manager(from).copyOut("COPY (%s) TO STDOUT".formatted(select), rows);
    }
  }

  static long load(Path file, Connection to, String target) throws SQLException, IOException {
    try (InputStream rows = new GZIPInputStream(Files.newInputStream(file))) {
      return manager(to).copyIn("COPY %s FROM STDIN".formatted(target), rows);
    }
  }

  private static CopyManager manager(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
