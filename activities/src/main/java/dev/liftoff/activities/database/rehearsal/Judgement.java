package dev.liftoff.activities.database.rehearsal;

import static dev.liftoff.database.MigrationClass.CONTRACT;
import static dev.liftoff.database.MigrationClass.DATA_LOSS;
import static dev.liftoff.database.MigrationClass.ERROR;

import dev.liftoff.database.MigrationClass;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import dev.liftoff.database.Writes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what was seen into what the launch does: refusals, warnings, and a class each. */
final class Judgement {
  private static final long LARGE_BACKFILL = 100_000;
  private static final Duration LONG_BACKFILL = Duration.ofSeconds(2);

  private final Waivers waivers;
  private final Writes writes;
  private final List<String> refusals = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Judgement(Waivers waivers, Writes writes) {
    this.waivers = waivers;
    this.writes = writes;
    this.warnings.addAll(waivers.voided());
  }

  void note(String sentence) {
    warnings.add(sentence);
  }

  /** False when one of them must not even run on the copy. */
  boolean read(List<Finding> findings) {
    boolean harmless = true;
    for (Finding finding : findings) {
      switch (finding.rule().weight()) {
        case WARN -> warnings.add(finding.toString());
        case BLOCK -> refuse(finding.rule().word(), finding.file(), finding.toString());
        case NEVER -> {
          refusals.add(finding.toString());
          harmless = false;
        }
      }
    }
    return harmless;
  }

  Rehearsal notRun(String fingerprint) {
    return new Rehearsal(fingerprint, List.of(), ERROR, refusals, warnings);
  }

  Rehearsal of(CopyRun.Result run) {
    List<Rehearsed> migrations = run.observed().stream().map(each -> judged(each, run)).toList();
    LockBudget.excesses(run.observed(), run.counts()).forEach(this::lock);
    refusals.addAll(run.troubles());
    MigrationClass worst =
        migrations.stream()
            .map(Rehearsed::kind)
            .max(Comparator.naturalOrder())
            .orElse(MigrationClass.EXPAND);
    return new Rehearsal(
        run.before().fingerprint(),
        migrations,
        run.troubles().isEmpty() ? worst : ERROR,
        refusals,
        warnings,
        run.changedColumns());
  }

  private Rehearsed judged(Observed observed, CopyRun.Result run) {
    List<Change> changes = changes(observed, run);
    MigrationClass kind =
        changes.stream()
            .map(Change::kind)
            .max(Comparator.naturalOrder())
            .orElse(MigrationClass.EXPAND);
    classes(observed.script(), changes);
    backfill(observed, run.before());
    return new Rehearsed(
        observed.version(),
        observed.script(),
        waivers.files().getOrDefault(observed.script(), ""),
        kind,
        observed.took(),
        observed.lockLines(),
        List.copyOf(observed.rewritten()),
        observed.rowsByName(),
        changes.stream().map(Change::what).toList(),
        observed.after().fingerprint(),
        observed.transactional());
  }

  private static List<Change> changes(Observed observed, CopyRun.Result run) {
    List<Change> changes =
        new ArrayList<>(
            CatalogDifference.between(observed.before(), observed.after(), observed.rewritten()));
    changes.addAll(Leftovers.of(observed, run));
    changes.addAll(RowChanges.of(observed, run.before()));
    return changes;
  }

  private void classes(String script, List<Change> changes) {
    Map<MigrationClass, String> told =
        changes.stream()
            .collect(
                Collectors.groupingBy(
                    Change::kind, Collectors.mapping(Change::what, Collectors.joining(", "))));
    told.forEach((kind, what) -> {
      switch (kind) {
        case EXPAND, BACKFILL -> {}
        case TIGHTEN ->
            warnings.add(
                "%s tightens: %s; the old version must be proven with it (tighten)"
                    .formatted(script, what));
        case BEHAVIOUR ->
            warnings.add(
                "%s changes behaviour: %s; a human must know (behaviour)".formatted(script, what));
        case CONTRACT, DATA_LOSS, ERROR ->
            refuse(kind.word(), script, "%s %s (%s)".formatted(script, refusal(kind, what), kind));
      }
    });
  }

  private static String refusal(MigrationClass kind, String what) {
    if (kind == CONTRACT) {
      return "takes away what the old version uses: %s; do it in a later launch, after this one is settled"
          .formatted(what);
    }
    return kind == DATA_LOSS
        ? "loses rows: %s; keep them".formatted(what)
        : "leaves what is broken: %s; finish it in the same launch".formatted(what);
  }

  private void backfill(Observed observed, CopyState first) {
    long rows =
        RowChanges.old(observed, first).values().stream()
            .mapToLong(touched -> touched.inserted() + touched.updated())
            .sum();
    boolean slow = observed.took().compareTo(LONG_BACKFILL) > 0;
    if (rows > LARGE_BACKFILL || (rows > 0 && slow)) {
      refuse(
          "large-backfill",
          observed.script(),
          "%s changes %d rows in one transaction, in %.1f s; more than %d rows or %d s belong into a step that works in batches, beside the migrations (large-backfill)"
              .formatted(
                  observed.script(),
                  rows,
                  observed.took().toMillis() / 1000.0,
                  LARGE_BACKFILL,
                  LONG_BACKFILL.toSeconds()));
    } else if (rows > 0) {
      warnings.add("%s changes %d rows (backfill)".formatted(observed.script(), rows));
    }
  }

  private void lock(LockBudget.Excess excess) {
    if (writes == Writes.FROZEN) {
      warnings.add(excess.sentence());
    } else {
      refuse("lock-budget", excess.script(), excess.sentence());
    }
  }

  private void refuse(String rule, String script, String sentence) {
    waivers
        .of(rule, script)
        .ifPresentOrElse(
            waiver ->
                warnings.add(
                    "%s; set aside by %s: %s"
                        .formatted(sentence, waiver.approver(), waiver.reason())),
            () -> refusals.add(sentence));
  }
}
