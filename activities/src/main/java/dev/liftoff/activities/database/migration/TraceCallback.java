package dev.liftoff.activities.database.migration;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/**
 * Notes what the migrations of one transaction did, before they are committed: a note that came
 * after could be lost.
 */
final class TraceCallback implements Callback {
  private static final String DELETED =
      "SELECT "
          + TableStorage.TABLE.formatted("schemaname", "relname")
          + ", n_tup_del FROM pg_catalog.pg_stat_xact_user_tables WHERE n_tup_del > 0";

  private final LaunchFolder folder;
  private final MigrationTrace earlier;
  private final StepNote step;
  private final Guard guard;
  private final Progress progress;
  private final List<String> scripts = new ArrayList<>();
  private @Nullable Map<String, Long> storage;
  private volatile String script = "the migration";

  TraceCallback(
      LaunchFolder folder, MigrationTrace earlier, StepNote step, Guard guard, Progress progress) {
    this.folder = folder;
    this.earlier = earlier;
    this.step = step;
    this.guard = guard;
    this.progress = progress;
  }

  /** The file that runs, or ran last. */
  String script() {
    return script;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      guard.requireHeld(context.getConnection());
      if (event == Event.BEFORE_EACH_MIGRATE) {
        begin(context);
      } else if (step.transactional()) {
        note(context);
      }
    } catch (SQLException unread) {
      throw new FlywayException("the effect of the migration could not be read", unread);
    } catch (IOException unwritten) {
      throw new UncheckedIOException(unwritten);
    }
  }

  @Override
  public String getCallbackName() {
    return "liftoff";
  }

  private void begin(Context context) throws SQLException {
    script = context.getMigrationInfo().getScript();
    progress.report("applying " + script);
    if (storage == null) {
      storage = TableStorage.read(context.getConnection()).numbers();
    }
  }

  private void note(Context context) throws SQLException, IOException {
    scripts.add(script);
    Map<String, Long> before = storage == null ? Map.of() : storage;
    List<String> rewritten =
        MigrationTrace.rewritten(before, TableStorage.read(context.getConnection()).numbers());
    Map<String, Long> deleted = TableStorage.numbers(context.getConnection(), DELETED);
    earlier.with(new MigrationTrace.Step(List.copyOf(scripts), deleted, rewritten)).write(folder);
    step.in(transaction(context.getConnection()), scripts).write(folder);
  }

  private static String transaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_catalog.pg_current_xact_id()::text")) {
      result.next();
      return result.getString(1);
    }
  }
}
