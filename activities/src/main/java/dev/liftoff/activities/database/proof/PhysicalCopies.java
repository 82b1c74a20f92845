package dev.liftoff.activities.database.proof;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.CopyServers;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.backup.ScratchFolder;
import dev.liftoff.activities.database.backup.ScratchServer;
import dev.liftoff.activities.database.backup.ScratchServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The physical copies that launches keep on this host.
 *
 * @param binaries folder of PostgreSQL's programs; null for the installed ones
 */
public record PhysicalCopies(ScratchServers servers, @Nullable Path binaries)
    implements CopyServers {
  /** It has replayed already; only what was not yet written is replayed once more. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  /** The role that initdb made has this number. */
  private static final String SUPERUSER = "SELECT rolname FROM pg_roles WHERE oid = 10";

  @Override
  public PostgresServer reaching(PostgresServer live)
      throws SQLException, IOException, InterruptedException {
    Optional<ScratchFolder> kept = servers.kept(live.launch());
    if (kept.isEmpty()) {
      return live;
    }
    String name = Scratch.name(live.launch());
    ScratchServer copy = ScratchServer.resume(tools(live), kept.get());
    copy.awaitReady(name, url -> live.at(url).open(Purpose.PROOF), START_LIMIT);
    return live.withCopyAt(copy.url(name));
  }

  /** The copy's server, where there is one; it need not run. */
  public Optional<PostgresServer> running(PostgresServer live) {
    try {
      return servers
          .kept(live.launch())
          .flatMap(ScratchFolder::label)
          .map(label -> live.at(ScratchServer.url(label.port(), Scratch.name(live.launch()))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  boolean isProvenFrom(LaunchId launch, String manifestSha256) throws IOException {
    Optional<ScratchFolder> kept = servers.kept(launch);
    return kept.flatMap(ScratchFolder::label)
        .map(label -> manifestSha256.equals(label.provenFrom()))
        .orElse(false);
  }

  PostgresTools tools(PostgresServer live) throws SQLException, IOException {
    try (Connection connection = live.open(Purpose.READ)) {
      return PostgresTools.fitting(connection.getMetaData().getDatabaseMajorVersion(), binaries);
    }
  }

  static String superuser(PostgresServer live) throws SQLException {
    try (Connection connection = live.open(Purpose.READ);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SUPERUSER)) {
      row.next();
      return row.getString(1);
    }
  }
}
