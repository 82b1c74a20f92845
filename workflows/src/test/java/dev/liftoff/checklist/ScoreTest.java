package dev.liftoff.checklist;

import static dev.liftoff.checklist.Standing.DEVIATION;
import static dev.liftoff.checklist.Standing.NOT_APPLICABLE;
import static dev.liftoff.checklist.Standing.OPEN;
import static dev.liftoff.checklist.Standing.PASSED;
import static dev.liftoff.checklist.Standing.SAID_NOT_APPLICABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final int[] WEIGHTS = {0, 1, 2, 3, 5};
  private static final List<Standing> STANDINGS = List.of(Standing.values());
  private static final long SEED = 20_261_121;

  @Test
  void tenthsAreRoundedDown() {
    List<Counted> items = new ArrayList<>(items(199, 1, PASSED));
    items.addAll(items(51, 1, OPEN));

    assertThat(Score.of(items).tenths()).isEqualTo(79);
    assertThat(Score.text(79)).isEqualTo("7.9");
  }

  @Test
  void aDeviationCountsHalf() {
    assertThat(Score.of(List.of(item("a", 1, PASSED), item("b", 1, DEVIATION))).tenths())
        .isEqualTo(75);
    assertThat(Score.of(List.of(item("a", 3, PASSED), item("b", 5, DEVIATION))).tenths())
        .isEqualTo(68);
  }

  @Test
  void whatDoesNotApplyIsInNeitherSum() {
    assertThat(Score.of(List.of(item("a", 1, PASSED), item("b", 5, NOT_APPLICABLE))).tenths())
        .isEqualTo(100);
  }

  @Test
  void anEmptyListIsBlocked() {
    assertThat(Score.of(List.of()).tenths()).isZero();
    assertThat(Score.of(List.of()).blocked()).singleElement().asString().contains("nothing counts");
  }

  @Test
  void weightZeroEverywhereIsBlocked() {
    assertThat(Score.of(items(5, 0, PASSED)).blocked())
        .singleElement()
        .asString()
        .contains("nothing counts");
  }

  @Test
  void leavingEverythingOutIsBlocked() {
    assertThat(Score.of(items(5, 2, NOT_APPLICABLE)).blocked())
        .singleElement()
        .asString()
        .contains("nothing counts");
  }

  @Test
  void aCriticalItemBlocksWhateverTheScoreIs() {
    List<Counted> items = new ArrayList<>(items(199, 5, PASSED));
    items.add(new Counted("DB-07", "database", 0, true, OPEN));

    assertThat(Score.of(items).tenths()).isEqualTo(100);
    assertThat(Score.of(items).blocked()).containsExactly("critical and not passed: DB-07");
  }

  @Test
  void aCriticalItemThatTwoPeopleLetPassBlocksNoMore() {
    for (Standing standing : List.of(DEVIATION, NOT_APPLICABLE)) {
      List<Counted> items = new ArrayList<>(items(9, 5, PASSED));
      items.add(new Counted("DB-07", "other", 1, true, standing));

      assertThat(Score.of(items).blocked()).noneMatch(reason -> reason.contains("critical"));
    }
  }

  @Test
  void onePersonCannotSayThatACriticalItemDoesNotApply() {
    List<Counted> items = new ArrayList<>(items(99, 5, PASSED));
    items.add(new Counted("DB-07", "area", 1, true, SAID_NOT_APPLICABLE));

    assertThat(Score.of(items).blocked()).containsExactly("critical and not passed: DB-07");
  }

  @Test
  void anAreaBelowSevenBlocks() {
    List<Counted> items = new ArrayList<>(items(97, 1, PASSED));
    items.add(new Counted("b1", "backup", 1, false, PASSED));
    items.add(new Counted("b2", "backup", 1, false, PASSED));
    items.add(new Counted("b3", "backup", 1, false, OPEN));

    assertThat(Score.of(items).tenths()).isEqualTo(99);
    assertThat(Score.of(items).blocked()).containsExactly("area backup is at 6.6, below 7.0");
  }

  @Test
  void leavingOutMoreThanFifteenPercentAloneNeedsASecondPerson() {
    List<Counted> fifteen = new ArrayList<>(items(85, 1, PASSED));
    IntStream.range(0, 15).forEach(i -> fifteen.add(item("n" + i, 1, SAID_NOT_APPLICABLE)));
    assertThat(Score.of(fifteen).blocked()).isEmpty();

    List<Counted> sixteen = new ArrayList<>(fifteen);
    sixteen.set(0, item("more", 1, SAID_NOT_APPLICABLE));
    assertThat(Score.of(sixteen).blocked())
        .containsExactly(
            "16 % of the weight is said not to apply, more than 15 %: a second person approves it");

    sixteen.set(0, item("more", 1, NOT_APPLICABLE));
    assertThat(Score.of(sixteen).blocked()).isEmpty();
  }

  @Test
  void theOrderOfTheItemsDoesNotMatter() {
    Random chance = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      List<Counted> items = any(chance);
      List<Counted> shuffled = new ArrayList<>(items);
      Collections.shuffle(shuffled, chance);

      assertThat(Score.of(shuffled)).isEqualTo(Score.of(items));
      assertThat(Reach.of(shuffled, 80)).isEqualTo(Reach.of(items, 80));
    }
  }

  @Test
  void anItemThatPassesNeverLowersTheScoreAndBlocksNothing() {
    Random chance = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      List<Counted> items = any(chance);
      int at = chance.nextInt(items.size());
      Counted before = items.get(at);
      if (!before.counts()) {
        continue;
      }
      Score score = Score.of(items);
      items.set(at, as(before, PASSED));
      Score better = Score.of(items);

      assertThat(better.tenths()).isGreaterThanOrEqualTo(score.tenths());
      assertThat(better.blocked()).hasSizeLessThanOrEqualTo(score.blocked().size());
    }
  }

  @Test
  void everyScoreIsTheFloorOfTheExactOne() {
    Random chance = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      List<Counted> items = any(chance);
      double value = 0;
      double weight = 0;
      for (Counted item : items) {
        if (item.counts()) {
          weight += item.weight();
          value +=
              item.weight()
                  * (item.standing() == PASSED ? 1 : item.standing() == DEVIATION ? 0.5 : 0);
        }
      }
      double exact = weight == 0 ? 0 : 10 * value / weight;

      assertThat(Score.of(items).tenths() / 10.0).isBetween(exact - 0.1 + 1e-9, exact + 1e-9);
    }
  }

  @Test
  void howToReachTheBarNamesTheFewestItems() {
    Random chance = new Random(SEED);
    int shown = 0;
    for (int i = 0; i < 400; i++) {
      List<Counted> items = any(chance).subList(0, 9);
      Reach reach = Reach.of(items, 80);
      int fewest = fewest(items, 80);

      assertThat(reach.items()).hasSize(fewest);
      if (fewest > 0) {
        shown++;
        List<Counted> after =
            items.stream()
                .map(item -> reach.items().contains(item.id()) ? as(item, PASSED) : item)
                .toList();
        assertThat(Score.of(after).tenths())
            .isGreaterThanOrEqualTo(80)
            .isEqualTo(Score.of(items).tenths() + reach.gain());
      }
    }
    assertThat(shown).isGreaterThan(50);
  }

  @Test
  void howToReachTheBarIsASentence() {
    List<Counted> items = new ArrayList<>(items(23, 1, PASSED));
    items.add(item("DB-07", 2, OPEN));
    items.add(item("MON-12", 3, OPEN));
    items.add(item("SEC-01", 2, OPEN));
    items.add(item("SEC-02", 1, DEVIATION));

    assertThat(Score.of(items).tenths()).isEqualTo(75);
    assertThat(Reach.of(items, 80).sentence()).isEqualTo("+1.0 if MON-12 passes");
    assertThat(Reach.of(items, 90).sentence()).isEqualTo("+1.6 if MON-12 and DB-07 pass");
    assertThat(Reach.of(items, 70).sentence()).isEmpty();
  }

  private static int fewest(List<Counted> items, int bar) {
    int fewest = Integer.MAX_VALUE;
    for (int subset = 0; subset < 1 << items.size(); subset++) {
      List<Counted> after = new ArrayList<>(items);
      int changed = 0;
      for (int i = 0; i < items.size(); i++) {
        if ((subset >> i & 1) == 1 && items.get(i).counts()) {
          after.set(i, as(items.get(i), PASSED));
          changed++;
        }
      }
      if (Score.of(after).tenths() >= bar) {
        fewest = Math.min(fewest, changed);
      }
    }
    return fewest == Integer.MAX_VALUE ? 0 : fewest;
  }

  private static List<Counted> any(Random chance) {
    List<Counted> items = new ArrayList<>();
    int size = 9 + chance.nextInt(40);
    for (int i = 0; i < size; i++) {
      Standing standing = STANDINGS.get(chance.nextInt(STANDINGS.size()));
      items.add(
          new Counted(
              "i" + i,
              "area" + chance.nextInt(4),
              WEIGHTS[chance.nextInt(WEIGHTS.length)],
              chance.nextInt(5) == 0,
              standing));
    }
    return items;
  }

  private static Counted as(Counted item, Standing standing) {
    return new Counted(item.id(), item.area(), item.weight(), item.critical(), standing);
  }

  private static List<Counted> items(int many, int weight, Standing standing) {
    return IntStream.range(0, many)
        .mapToObj(i -> item(standing + "-" + i, weight, standing))
        .toList();
  }

  private static Counted item(String id, int weight, Standing standing) {
    return new Counted(id, "area", weight, false, standing);
  }
}
