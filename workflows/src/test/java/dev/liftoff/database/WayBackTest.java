package dev.liftoff.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.database.WayBack.Action;
import dev.liftoff.database.WayBack.Evidence;
import dev.liftoff.database.WayBack.Human;
import dev.liftoff.database.WayBack.Reached;
import dev.liftoff.database.WayBack.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WayBackTest {

  @ParameterizedTest
  @CsvSource({
    "NOTHING,   '',                            STOP,            NOBODY,            UNTOUCHED",
    "FROZEN,    'frozen',                      LET_IN,          NOBODY,            UNTOUCHED",
    "FROZEN,    'frozen twin',                 LET_IN,          NOBODY,            UNTOUCHED",
    "MIGRATING, 'known transactional',         LET_IN,          NOBODY,            UNTOUCHED_EARLIER_STEPS_STAY",
    "MIGRATING, 'frozen twin known transactional', LET_IN,      NOBODY,            UNTOUCHED_EARLIER_STEPS_STAY",
    "MIGRATING, 'known',                       TIDY_AND_LET_IN, ACKNOWLEDGES,      UNTOUCHED_EARLIER_STEPS_STAY",
    "MIGRATING, 'frozen twin transactional',   HOLD,            DECIDES,           UNDECIDED",
    "MIGRATING, '',                            HOLD,            DECIDES,           UNDECIDED",
    "MIGRATED,  'frozen twin known damaged',   PUT_BACK,        IS_INFORMED,       AS_BEFORE",
    "MIGRATED,  'frozen known damaged',        HOLD,            DECIDES,           UNDECIDED",
    "MIGRATED,  'twin known damaged',          HOLD,            DECIDES,           UNDECIDED",
    "MIGRATED,  'known damaged',               HOLD,            DECIDES,           UNDECIDED",
    "MIGRATED,  'known',                       REPAIR_FORWARD,  IS_INFORMED,       KEPT",
    "OPENED,    'twin known',                  REPAIR_FORWARD,  IS_INFORMED,       KEPT",
    "CUT_OVER,  'twin known',                  SWITCH_BACK,     IS_INFORMED,       KEPT",
    "SETTLING,  'twin known',                  SWITCH_BACK,     DECIDES,           KEPT",
    "SETTLING,  'twin known proven',           SWITCH_BACK,     IS_INFORMED,       KEPT",
    "OPENED,    'twin known damaged',          PROPOSE_RESCUE,  TYPES_THE_NUMBERS, KEPT",
    "CUT_OVER,  'twin known damaged',          PROPOSE_RESCUE,  TYPES_THE_NUMBERS, KEPT",
    "SETTLING,  'known damaged',               PROPOSE_RESCUE,  TYPES_THE_NUMBERS, KEPT",
  })
  void eachPhaseHasItsWay(Reached reached, String facts, Action action, Human human, Rows rows) {
    assertThat(WayBack.of(reached, evidence(facts))).isEqualTo(new WayBack(action, human, rows));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reached.class,
      names = {"OPENED", "CUT_OVER", "SETTLING"})
  void nothingIsPutBackOverNewWritesWhateverIsKnown(Reached reached) {
    for (int bits = 0; bits < 64; bits++) {
      WayBack way = WayBack.of(reached, evidence(bits));

      assertThat(way.action()).isNotIn(Action.PUT_BACK, Action.LET_IN, Action.TIDY_AND_LET_IN);
      assertThat(way.rows()).isEqualTo(Rows.KEPT);
    }
  }

  @Test
  void onlyAFrozenDatabaseWithAProvenTwinIsPutBack() {
    for (Reached reached : Reached.values()) {
      for (int bits = 0; bits < 64; bits++) {
        Evidence evidence = evidence(bits);
        if (WayBack.of(reached, evidence).action() == Action.PUT_BACK) {
          assertThat(reached).isEqualTo(Reached.MIGRATED);
          assertThat(evidence.frozen() && evidence.twin()).isTrue();
        }
      }
    }
  }

  @Test
  void anUnknownStateIsNeverLeftWithoutAHuman() {
    for (Reached reached : List.of(Reached.MIGRATING, Reached.MIGRATED)) {
      WayBack way = WayBack.of(reached, evidence("damaged"));

      assertThat(way.human()).isEqualTo(Human.DECIDES);
      assertThat(way.action()).isEqualTo(Action.HOLD);
    }
  }

  @Test
  void whatIsShownNamesTheDeedTheHumanAndTheRows() {
    assertThat(WayBack.of(Reached.SETTLING, evidence("")).sentence())
        .isEqualTo(
            "traffic goes back to the old version, on the new schema, once a human has decided it; every row is kept, nothing is restored over new ones");
    assertThat(WayBack.of(Reached.NOTHING, evidence("")).sentence()).endsWith("rows are untouched");
  }

  private static Evidence evidence(String facts) {
    Set<String> known = Set.copyOf(Arrays.asList(facts.split(" ", -1)));
    return new Evidence(
        known.contains("frozen"),
        known.contains("twin"),
        known.contains("known"),
        known.contains("transactional"),
        known.contains("damaged"),
        known.contains("proven"));
  }

  private static Evidence evidence(int bits) {
    return new Evidence(
        (bits & 1) != 0,
        (bits & 2) != 0,
        (bits & 4) != 0,
        (bits & 8) != 0,
        (bits & 16) != 0,
        (bits & 32) != 0);
  }
}
