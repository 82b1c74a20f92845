package dev.liftoff.activities.database.rescue;

import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Every row that the service wrote since the barrier, with all columns of the new schema, one file
 * for each table: what the old schema has no place for can be taken from there.
 */
final class Delta {
  private static final String FOLDER = "rescue";

  private Delta() {}

  /**
   * Rows in PostgreSQL's own text form, compressed with gzip.
   *
   * @param columns their order in each line
   * @param sha256 of the compressed file
   */
  record Part(String table, String file, List<String> columns, long rows, String sha256) {
    Part {
      columns = List.copyOf(columns);
    }
  }

  static List<Part> save(Pair pair, Epoch epoch, LaunchFolder folder, Progress progress)
      throws SQLException, IOException {
    Path target = Files.createDirectories(folder.path().resolve(FOLDER));
    List<Part> parts = new ArrayList<>();
    for (Shape shape : pair.shapes()) {
      progress.report("saving what was written to " + shape.table());
      Path file = target.resolve(parts.size() + ".copy.gz");
      parts.add(save(pair, shape, epoch, file));
    }
    LaunchFolder.sync(target);
    return parts;
  }

  static Path file(LaunchFolder folder, Part part) {
    return folder.path().resolve(FOLDER).resolve(part.file());
  }

  private static Part save(Pair pair, Shape shape, Epoch epoch, Path file)
      throws SQLException, IOException {
    List<String> columns = new ArrayList<>(shape.written());
    columns.addAll(shape.added());
    long rows = Bulk.save(pair.live(), shape.select(columns, epoch.service()), file);
    LaunchFolder.sync(file);
    return new Part(
        shape.table(), String.valueOf(file.getFileName()), columns, rows, Sha256.of(file));
  }
}
