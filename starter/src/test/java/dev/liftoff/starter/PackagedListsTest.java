package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.ItemKind;
import dev.liftoff.plan.ChecklistItemReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that come with the product. */
class PackagedListsTest {

  @Test
  void theDefaultListHasEightyItemsOfWhichTheMachineMeasuresFortyTwo() throws Exception {
    List<ChecklistItem> items = items("default");

    assertThat(items).hasSize(80);
    assertThat(items.stream().filter(item -> item.kind() != ItemKind.HUMAN)).hasSize(42);
    assertThat(items.stream().filter(ChecklistItem::critical)).hasSize(31);
  }

  @Test
  void theSmallListIsAPartOfTheDefaultOne() throws Exception {
    assertThat(items("small")).hasSize(27).isSubsetOf(items("default"));
  }

  @Test
  void theDefaultListAsksAboutEverythingThatALaunchTouches() throws Exception {
    assertThat(items("default").stream().map(ChecklistItem::area).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "release",
            "image",
            "database",
            "migration",
            "backup",
            "traffic",
            "capacity",
            "monitoring",
            "security",
            "dependencies",
            "communication",
            "people",
            "rollback",
            "records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "small"})
  void everyItemSaysHowToFindOutAndWhyItIsAsked(String name) throws Exception {
    assertThat(items(name))
        .allSatisfy(item -> {
          assertThat(item.question()).endsWith("?");
          assertThat(item.how()).hasSizeGreaterThan(20);
          assertThat(item.why()).endsWith(".");
          assertThat(item.weight()).isPositive();
        });
  }

  @Test
  void noQuestionIsAskedTwice() throws Exception {
    Set<String> questions = new TreeSet<>();

    assertThat(items("default")).allMatch(item -> questions.add(item.question()));
  }

  private static List<ChecklistItem> items(String name) throws Exception {
    try (var in = ChecklistItem.class.getResourceAsStream("checklist-%s.yaml".formatted(name))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ChecklistItemReader.read(
          PlanFile.parse(name, text.getBytes(StandardCharsets.UTF_8)).json());
    }
  }
}
