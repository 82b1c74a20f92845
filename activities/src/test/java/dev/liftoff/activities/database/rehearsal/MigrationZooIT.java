package dev.liftoff.activities.database.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.database.Rehearsal;
import dev.liftoff.database.Rehearsed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each migration of the {@link Zoo} gets the verdict that its row says. */
class MigrationZooIT {
  private static final Pattern WORD = Pattern.compile("\\(([a-z][a-z-]+)\\)$");
  private static final int FEWEST = 40;
  private static PostgresCluster cluster;
  private static Enclosure enclosure;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = new PostgresCluster();
    enclosure = new Enclosure(cluster, folder);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  static List<Animal> animals() {
    return Zoo.animals();
  }

  @Test
  void theZooIsLargeAndNoTwoAreTheSame() {
    assertThat(animals())
        .hasSizeGreaterThanOrEqualTo(FEWEST)
        .extracting(Animal::name)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("animals")
  void everyMigrationGetsItsVerdict(Animal animal) throws Exception {
    Rehearsal rehearsal = enclosure.rehearse(animal);

    SoftAssertions.assertSoftly(softly -> {
      softly.assertThat(rehearsal.worst()).as("class").isEqualTo(animal.kind());
      softly
          .assertThat(words(rehearsal.refusals()))
          .as("%s", rehearsal.refusals())
          .isEqualTo(animal.refusals());
      softly
          .assertThat(words(rehearsal.warnings()))
          .as("%s", rehearsal.warnings())
          .isEqualTo(animal.warnings());
      Rehearsed last = rehearsal.migrations().isEmpty() ? null : rehearsal.migrations().getLast();
      List<String> locks = last == null ? List.of() : last.locks();
      softly.assertThat(locks).as("locks").isEqualTo(animal.locksAmong(locks));
      softly
          .assertThat(last == null ? List.of() : last.rewritten())
          .as("rewritten")
          .isEqualTo(animal.rewritten());
      softly.assertThat(last == null ? Map.of() : last.rows()).as("rows").isEqualTo(animal.rows());
    });
  }

  private static Set<String> words(List<String> sentences) {
    Set<String> words = new TreeSet<>();
    for (String sentence : sentences) {
      Matcher word = WORD.matcher(sentence);
      words.add(word.find() ? word.group(1) : sentence);
    }
    return words;
  }
}
