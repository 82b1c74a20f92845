package dev.liftoff.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.Plans;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.EvidenceKind;
import dev.liftoff.checklist.Examination;
import dev.liftoff.checklist.ItemKind;
import dev.liftoff.checklist.Subject;
import dev.liftoff.gate.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the questions of a checklist are written. */
class ChecklistItemReaderTest {
  private static final String SHORTEST = "'id':'A-1','area':'a','question':'q?','owner':'cto'";

  @Test
  void anItemSaysWhoseItIsWhatItCountsAndWhatTheMachineLooksAt() throws InvalidPlan {
    assertThat(
            read(
                """
                {'id':'DB-07','area':'database','question':'Do replicas follow?','how':'look',
                 'owner':'database','kind':'both','critical':true,'weight':5,'evidence':'link',
                 'validFor':'1h','when':'database','why':'an old page was read',
                 'examination':{'subject':'replication-lag','limit':'2s','names':['s2']}}
                """))
        .containsExactly(
            new ChecklistItem(
                "DB-07",
                "database",
                "Do replicas follow?",
                "look",
                Role.DATABASE,
                ItemKind.BOTH,
                true,
                5,
                EvidenceKind.LINK,
                Duration.ofHours(1),
                "database",
                "an old page was read",
                new Examination(Subject.REPLICATION_LAG, "2s", List.of("s2"))));
  }

  @Test
  void theShortestItemIsAQuestionWithAnOwner() throws InvalidPlan {
    ChecklistItem item = read("{" + SHORTEST + "}").getFirst();

    assertThat(item.kind()).isEqualTo(ItemKind.HUMAN);
    assertThat(item.weight()).isEqualTo(1);
    assertThat(item.critical()).isFalse();
    assertThat(item.validFor()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void anItemWithAnExaminationIsAutomatic() throws InvalidPlan {
    assertThat(read("{" + SHORTEST + ",'examination':{'subject':'engine'}}").getFirst().kind())
        .isEqualTo(ItemKind.AUTOMATIC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'owner':'databse' | owner: is no role: 'databse'; did you mean 'database'?",
        "'owner':'astronaut-in-chief' | owner: is no role: 'astronaut-in-chief'; known are commander, deployment, database, monitoring, communication, on-call, cto",
        "'owner':null | owner: is missing",
        "'weight':4 | weight: must be 0, 1, 2, 3 or 5, was 4",
        "'weight':-1 | weight: must be a whole number between 0 and 2147483647, was -1",
        "'kind':'automatic' | examination: is missing: an item that is automatic needs a subject to look at; or make it human",
        "'kind':'both' | examination: is missing: an item that is both needs a subject to look at; or make it human",
        "'kind':'robot' | kind: must be one of automatic, human, both, was 'robot'",
        "'kind':'human','examination':{'subject':'dns'} | examination: must be left out of an item that only people answer; or make it both",
        "'examination':{} | examination.subject: is missing",
        "'examination':{'subject':'replication-lagg'} | examination.subject: is no subject: 'replication-lagg'; did you mean 'replication-lag'?",
        "'examination':{'subject':'disk','limit':'5s'} | examination.limit: of disk must be a percentage between 0% and 100% such as 30%, was '5s'",
        "'examination':{'subject':'disk','limit':'130%'} | examination.limit: of disk must be a percentage between 0% and 100% such as 30%, was '130%'",
        "'examination':{'subject':'clock','limit':'30%'} | examination.limit: of clock must be a duration such as 90s, 5m, 2h30m, 7d or PT5M, was '30%'",
        "'examination':{'subject':'clock','limit':'0s'} | examination.limit: of clock must be longer than nothing, was '0s'",
        "'examination':{'subject':'engine','limit':'5s'} | examination.limit: of engine must be left out: there is nothing to measure it by, was '5s'",
        "'examination':{'subject':'dns','host':'a'} | examination.host: is not known here; known are subject, limit, names",
        "'when':'databases' | when: is no part of a plan: 'databases'; did you mean 'database'?",
        "'evidence':'photo' | evidence: must be one of none, link, file, value, was 'photo'",
        "'validFor':'0s' | validFor: must be between 1m and 366d, was 0s",
        "'id':'a b' | id: must be 1 to 32 letters, digits, '.', '_', '/' or '-' without a space, such as DB-07, was 'a b'",
        "'question':' ' | question: must not be empty",
        "'hwo':'look' | hwo: is not known here; did you mean 'how'?",
      })
  void whatIsWrongIsSaidWithItsPathTheValueAndTheFix(String wrong, String problem) {
    assertThat(problems("{" + SHORTEST + "," + wrong + "}")).containsExactly("items[0]." + problem);
  }

  @Test
  void anIdIsThereOnce() {
    assertThat(problems("{" + SHORTEST + "},{" + SHORTEST + "}"))
        .containsExactly("items[1].id: must be there once, was 'A-1' as in items[0]");
  }

  @Test
  void aTextIsNotABook() {
    assertThat(problems("{" + SHORTEST + ",'why':'" + "x".repeat(50_000) + "'}"))
        .containsExactly("items[0].why: must not be longer than 2000 characters, was 50000");
  }

  @Test
  void allProblemsComeAtOnce() {
    assertThat(problems("{'id':'A-1'},{'owner':'nobody','weight':7}"))
        .hasSize(8)
        .contains("items[0].owner: is missing", "items[1].weight: must be 0, 1, 2, 3 or 5, was 7");
  }

  private static List<ChecklistItem> read(String items) throws InvalidPlan {
    return ChecklistItemReader.read(Plans.json(("{'items':[" + items + "]}").replace('\'', '"')));
  }

  private static List<String> problems(String items) {
    return catchThrowableOfType(InvalidPlan.class, () -> read(items)).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
