package dev.liftoff.activities.database.backup;

import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.database.Proof;
import dev.liftoff.database.ProofLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proof found, {@code verify-report.json} beside the restore point: anybody can repeat it
 * with the manifest and the dump.
 *
 * @param timings of each part, in milliseconds
 */
public record VerifyReport(
    LaunchId launch,
    String manifestSha256,
    Instant at,
    ProofLevel level,
    boolean proven,
    long tables,
    long rows,
    List<String> mismatches,
    String negativeControl,
    Map<String, Long> timings) {
  private static final String NAME = "verify-report.json";

  /** The report about this restore point; empty where it was never proven, or changed since. */
  public static Optional<VerifyReport> read(Path restorePoint, String manifestSha256)
      throws IOException {
    Path file = restorePoint.resolveSibling(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    VerifyReport report = Payloads.mapper().readValue(file.toFile(), VerifyReport.class);
    return Optional.of(report).filter(each -> each.manifestSha256().equals(manifestSha256));
  }

  public void write(Path restorePoint) throws IOException {
    LaunchFolder folder = new LaunchFolder(restorePoint.resolveSibling("").toAbsolutePath());
    folder.write(
        folder.path().resolve(NAME),
        Payloads.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }

  /** As the launch was told. */
  public Proof proof() {
    return new Proof(proven, tables, rows, mismatches, level, negativeControl);
  }
}
