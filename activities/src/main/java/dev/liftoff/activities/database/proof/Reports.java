package dev.liftoff.activities.database.proof;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.backup.Laps;
import dev.liftoff.activities.database.backup.VerifyReport;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import dev.liftoff.database.TableState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What proofs leave behind. */
final class Reports {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);

  private Reports() {}

  /** Written beside the restore point. */
  static Proof reported(
      LaunchId launch, RestorePoint point, Comparison.Findings findings, Laps laps)
      throws IOException {
    VerifyReport report = report(launch, point, findings, laps);
    report.write(Path.of(point.folder()));
    log.info(
        "restore point compared launch={} level={} mismatches={} milliseconds={}",
        launch,
        report.level(),
        report.mismatches().size(),
        report.timings());
    return report.proof();
  }

  static VerifyReport report(
      LaunchId launch, RestorePoint point, Comparison.Findings findings, Laps laps) {
    return new VerifyReport(
        launch,
        point.manifestSha256(),
        Instant.now(),
        findings.level(),
        findings.proven(),
        point.tables().size(),
        point.tables().values().stream().mapToLong(TableState::rows).sum(),
        findings.mismatches(),
        findings.negativeControl(),
        laps.milliseconds());
  }
}
