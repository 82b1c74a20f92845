package dev.liftoff.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.Payloads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final Rehearsed REWRITE =
      rehearsed(
          "3",
          "V3__price.sql",
          MigrationClass.CONTRACT,
          Duration.ofMillis(5097),
          List.of("AccessExclusive public.orders", "Share public.customers", "Share public.orders"),
          List.of("public.orders"),
          Map.of(),
          true);

  private static final Rehearsed BACKFILL =
      rehearsed(
          "4",
          "V4__fill.sql",
          MigrationClass.BACKFILL,
          Duration.ofMillis(343),
          List.of("RowExclusive public.a", "RowExclusive public.b", "RowShare public.c"),
          List.of(),
          Map.of("public.b", new RowsTouched(500, 100, 50), "public.a", new RowsTouched(0, 7, 0)),
          true);

  private static final Rehearsed VIEW =
      rehearsed(
          "R",
          "R__names.sql",
          MigrationClass.EXPAND,
          Duration.ofMillis(2),
          List.of(),
          List.of(),
          Map.of(),
          false);

  @Test
  void theCommanderReadsOneLineForEachMigration() {
    assertThat(rehearsal(REWRITE, BACKFILL, VIEW).lines())
        .containsExactly(
            "3 contract | 5.0 s | AccessExclusive public.orders | rewrites public.orders",
            "4 backfill | 343 ms | RowExclusive public.a, public.b | ~7 public.a | +500 ~100 -50 public.b",
            "R__names.sql expand | 2 ms | not in one transaction");
  }

  @Test
  void nothingPendingIsNothingToRead() {
    assertThat(rehearsal().lines()).isEmpty();
  }

  @Test
  void whatIsSavedIsReadBackTheSame() throws Exception {
    ObjectMapper mapper = Payloads.mapper();
    Rehearsal rehearsal = rehearsal(REWRITE, BACKFILL, VIEW);

    assertThat(mapper.readValue(mapper.writeValueAsBytes(rehearsal), Rehearsal.class))
        .isEqualTo(rehearsal);
  }

  private static Rehearsal rehearsal(Rehearsed... migrations) {
    return new Rehearsal("f0", List.of(migrations), MigrationClass.EXPAND, List.of(), List.of());
  }

  private static Rehearsed rehearsed(
      String version,
      String script,
      MigrationClass kind,
      Duration took,
      List<String> locks,
      List<String> rewritten,
      Map<String, RowsTouched> rows,
      boolean transactional) {
    return new Rehearsed(
        version, script, "sha", kind, took, locks, rewritten, rows, List.of(), "f", transactional);
  }
}
