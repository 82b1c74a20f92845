package dev.liftoff.activities.database.backup;

import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Parallel;
import dev.liftoff.activities.database.Sha256;
import dev.liftoff.database.BackupMethod;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import dev.liftoff.database.Throttled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a restore point, {@code manifest.json} beside the dump. All of it is from one
 * snapshot, but the sequences, which are not older than it.
 *
 * @param systemIdentifier of the server, which its physical copies share
 * @param xmin rows of transactions below it were visible, or rolled back
 * @param globals checksum of {@code globals.sql}, roles and tablespaces; or why it was not saved
 * @param saved where the rows of each table are
 * @param files all but those of a server, which its own backup manifest has
 * @param method what took it
 * @param throttled how far taking it gave way to the service; null where that is not known
 */
public record Manifest(
    LaunchId launch,
    String database,
    String systemIdentifier,
    String server,
    String dumpVersion,
    String snapshot,
    String walPosition,
    String xmin,
    Instant takenAt,
    String schemaVersion,
    String fingerprint,
    Map<String, String> catalog,
    Map<String, TableState> tables,
    Map<String, Long> sequences,
    Map<String, SavedTable> saved,
    String globals,
    List<SavedFile> files,
    @Nullable BackupMethod method,
    @Nullable Throttled throttled) {
  public static final String NAME = "manifest.json";

  /** Folder of a dump, below the restore point's. */
  public static final String DUMP = "dump";

  /** Folder of the server's files. They have a manifest of their own, with a sha256 per file. */
  static final String BASE = "base";

  private static final List<String> OF_BASE = List.of("backup_manifest", "pg_wal");

  /** What has no method was written when there was but one. */
  public Manifest {
    method = method == null ? BackupMethod.LOGICAL : method;
    catalog = new TreeMap<>(catalog);
    tables = new TreeMap<>(tables);
    sequences = new TreeMap<>(sequences);
    saved = new TreeMap<>(saved);
    files = List.copyOf(files);
  }

  /** A seam for the test of the comparison itself: a file's sha256. */
  public interface FileReader {
    String read(Path file) throws IOException;
  }

  /** A file of the restore point, by its path below the folder. */
  public record SavedFile(String path, long bytes, String sha256) {
    static SavedFile of(Path folder, Path file, FileReader reader) throws IOException {
      String path = folder.relativize(file).toString();
      return new SavedFile(path, Files.size(file), reader.read(file));
    }
  }

  public static Manifest read(Path folder) throws IOException {
    return Payloads.mapper().readValue(folder.resolve(NAME).toFile(), Manifest.class);
  }

  public static String sha256(Path folder) throws IOException {
    return Sha256.of(folder.resolve(NAME));
  }

  public static List<SavedFile> filesIn(Path folder, int abreast)
      throws IOException, SQLException, InterruptedException {
    return filesIn(folder, abreast, Sha256::of);
  }

  private static List<SavedFile> filesIn(Path folder, int abreast, FileReader reader)
      throws IOException, SQLException, InterruptedException {
    List<SavedFile> files = Collections.synchronizedList(new ArrayList<>());
    Parallel.inTurn(paths(folder), abreast, file -> files.add(SavedFile.of(folder, file, reader)));
    return files.stream().sorted(Comparator.comparing(SavedFile::path)).toList();
  }

  public void write(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    Files.write(file, Payloads.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    LaunchFolder.sync(file);
  }

  public RestorePoint restorePoint(Path folder) throws IOException {
    long bytes =
        taken() == BackupMethod.PHYSICAL
            ? size(folder)
            : files.stream().mapToLong(SavedFile::bytes).sum();
    return new RestorePoint(
        folder.toString(),
        takenAt,
        schemaVersion,
        bytes,
        sha256(folder),
        tables,
        taken(),
        throttled);
  }

  public BackupMethod taken() {
    return Objects.requireNonNull(method);
  }

  private static long size(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** The size that the table had. */
  public long bytes(String table) {
    SavedTable known = saved.get(table);
    return known == null ? 0 : known.bytes();
  }

  public long tableBytes() {
    return saved.values().stream().mapToLong(SavedTable::bytes).sum();
  }

  public long rows() {
    return tables.values().stream().mapToLong(TableState::rows).sum();
  }

  /** One sentence for each file that is no longer what was saved. */
  public List<String> damage(Path folder, int abreast)
      throws IOException, SQLException, InterruptedException {
    return damage(folder, abreast, Sha256::of);
  }

  public List<String> damage(Path folder, int abreast, FileReader reader)
      throws IOException, SQLException, InterruptedException {
    Map<String, SavedFile> present = new TreeMap<>();
    filesIn(folder, abreast, reader).forEach(file -> present.put(file.path(), file));
    List<String> damage = new ArrayList<>();
    for (SavedFile saved : files) {
      SavedFile found = present.remove(saved.path());
      if (found == null) {
        damage.add("the file %s of the restore point is missing".formatted(saved.path()));
      } else if (!saved.equals(found)) {
        damage.add(
            "the file %s of the restore point has another checksum than when it was saved"
                .formatted(saved.path()));
      }
    }
    present
        .keySet()
        .forEach(
            path -> damage.add("the file %s does not belong to the restore point".formatted(path)));
    return damage;
  }

  private static boolean isListed(Path file) {
    return !file.startsWith(BASE) || OF_BASE.contains(file.getName(1).toString());
  }

  private static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.equals(folder.resolve(NAME)))
          .filter(file -> isListed(folder.relativize(file)))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
