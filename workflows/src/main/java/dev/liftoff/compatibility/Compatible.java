package dev.liftoff.compatibility;

import dev.liftoff.probe.ProbeResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trial found.
 *
 * @param findings one sentence each; a launch with one does not go on
 * @param notes one sentence each, for the commander at the gate
 */
public record Compatible(List<TrialRun> runs, List<String> findings, List<String> notes) {
  public Compatible {
    runs = List.copyOf(runs);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  public boolean compatible() {
    return findings.isEmpty();
  }

  /** Nothing could be tried, for this reason. */
  public static Compatible unproven(String finding) {
    return new Compatible(List.of(), List.of(finding), List.of());
  }

  /**
   * Judges the runs: a check that did not pass, a run that did not use the copy, or an SQLSTATE of
   * class 23 or 42 that the old version received is a finding; other errors of the database are
   * notes.
   */
  public static Compatible judged(List<TrialRun> runs, CompatibilitySpec spec) {
    List<String> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (TrialRun run : runs) {
      addAnswers(run, findings);
      addControl(run, findings);
      run.sql()
          .errors()
          .forEach(error ->
              (stops(run.role(), error, spec) ? findings : notes).add(sentence(run, error)));
    }
    addWhatWasNotTried(runs, notes);
    return new Compatible(runs, findings, notes);
  }

  private static void addAnswers(TrialRun run, List<String> findings) {
    if (run.trouble() != null) {
      findings.add("%s (%s) %s".formatted(run.role(), run.image(), run.trouble()));
    }
    run.checks().stream()
        .filter(check -> !check.passed())
        .forEach(check -> findings.add(sentence(run, check)));
  }

  private static void addControl(TrialRun run, List<String> findings) {
    SqlSeen sql = run.sql();
    if (sql.liveSessions() > 0) {
      findings.add(
          "%s (%s) had %d sessions on the live server past the copy: nothing is proven; lead all of its connections to {host} and {port} in compatibility.environment"
              .formatted(run.role(), run.image(), sql.liveSessions()));
    } else if (sql.statements() == 0 && run.trouble() == null) {
      findings.add(
          "%s (%s) did not use the copy (%d connections, no statement): nothing is proven; lead it to {host}, {port} and {database} in compatibility.environment, without encryption"
              .formatted(run.role(), run.image(), sql.connections()));
    }
    if (sql.unreadable() > 0) {
      findings.add(
          "%s (%s) had %d connections that could not be read: its errors may be unseen, nothing is proven"
              .formatted(run.role(), run.image(), sql.unreadable()));
    }
  }

  private static boolean stops(TrialRole role, SqlError error, CompatibilitySpec spec) {
    return role.old() && error.ofTheSchema() && !spec.expectedSqlStates().contains(error.state());
  }

  private static void addWhatWasNotTried(List<TrialRun> runs, List<String> notes) {
    if (runs.stream().noneMatch(run -> run.role().old())) {
      notes.add("there is no running version: only the candidate was tried");
    }
    runs.stream()
        .filter(run -> !run.role().old() && run.sql().rowsWritten() == 0)
        .forEach(run ->
            notes.add(
                "the candidate wrote no rows in its checks: that the old version reads what it writes is not proven"));
  }

  private static String sentence(TrialRun run, ProbeResult check) {
    return "%s (%s) failed the check %s: %s, expected %s"
        .formatted(run.role(), run.image(), check.check(), check.value(), check.limit());
  }

  private static String sentence(TrialRun run, SqlError error) {
    return "%s (%s) received SQLSTATE %s %s: %s"
        .formatted(run.role(), run.image(), error.state(), times(error.count()), error.example());
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }
}
