package dev.liftoff.activities.database.backup;

import dev.liftoff.activities.database.ToolFailed;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Whatever saves a whole server: its files, and the log of what changed since. It restores beside
 * the live server only; there is deliberately no way to restore in place. Every method may be
 * repeated, a backup into a folder in another one.
 */
public interface BackupProvider {

  /** A backup exists that was begun after this call. */
  void backup() throws SQLException, IOException, InterruptedException, ToolFailed;

  /** Its files are those that were saved, as far as the provider can tell: level L2. */
  void verify() throws IOException, InterruptedException, ToolFailed;

  /** Everything up to the named restore point, which the server has, can be restored. */
  void awaitRestorePoint(String name)
      throws SQLException, IOException, InterruptedException, ToolFailed;

  /**
   * A server of its own runs, which never archives, with the state at the named restore point.
   *
   * @param folder where its files go; but for its label it is empty
   * @return that server; closing it stops it and removes its files
   */
  ScratchServer restoreBeside(String name, ScratchFolder folder)
      throws SQLException, IOException, InterruptedException, ToolFailed;

  /** One line about what there is. */
  String describe() throws IOException, InterruptedException, ToolFailed;
}
