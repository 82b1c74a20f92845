package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.checklist.ChecklistItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A team's own list becomes the checklist of a plan. */
class ChecklistImportTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "--small"})
  void theListThatComesWithLiftoffIsTheSameAfterATripThroughATableAndThroughYaml(String which)
      throws Exception {
    List<ChecklistItem> items = items("original.yaml", output("default", which));

    assertThat(items("table.csv", output("default", which, "--csv"))).isEqualTo(items);
    Path table = file("again.csv", output("default", which, "--csv"));
    assertThat(items("again.yaml", output("import", table.toString()))).isEqualTo(items);
    assertThat(items("twice.csv", output("import", table.toString(), "--csv"))).isEqualTo(items);
  }

  @Test
  void aTableOfASpreadsheetIsReadWithItsMarkSemicolonsQuotesAndLineEnds() throws Exception {
    List<ChecklistItem> items =
        items(
            "sheet.csv",
            "\uFEFF"
                + String.join(
                    "\r\n",
                    "ID;Area;Question;Owner;Critical;Weight;Names;Subject",
                    "A-1;db;\"Is it \"\"up\"\"; really?",
                    "And tomorrow?\";database;yes;3;s1|s2;replicas",
                    ";;;;;;;",
                    "A-2;db;Ümlaut?;cto;no;1;;"));

    assertThat(items).hasSize(2);
    assertThat(items.getFirst().question()).isEqualTo("Is it \"up\"; really?\r\nAnd tomorrow?");
    assertThat(items.getFirst().critical()).isTrue();
    assertThat(items.getFirst().examination().names()).containsExactly("s1", "s2");
    assertThat(items.getLast().question()).isEqualTo("Ümlaut?");
  }

  @Test
  void whatASpreadsheetWouldRunIsWrittenInertAndReadBackAsItWas() throws Exception {
    String yaml =
        """
        - {id: A-1, area: db, owner: cto, question: '=HYPERLINK("http://x")', how: '@SUM(1)', why: "'tis so"}
        - {id: A-2, area: db, owner: cto, question: '+1', how: '-1', why: 'a=b'}
        """;
    String table = output("import", file("list.yaml", yaml).toString(), "--csv");

    assertThat(table)
        .contains(
            "\"'=HYPERLINK(\"\"http://x\"\")\"", ",'@SUM(1),", "''tis so", ",'+1,'-1,", ",a=b")
        .doesNotContain(",=", ",@", ",+", ",-1");
    assertThat(items("list.csv", table)).isEqualTo(items("list.yaml", yaml));
  }

  @Test
  void allProblemsOfATableComeAtOnceEachWithItsLine() throws Exception {
    Path table =
        file(
            "list.csv",
            """
            id,area,question,owner,subject,limit
            A-1,db,"one
            two?",databse,,
            A-2,db,q?,,,
            A-1,db,q?,cto,replication-lagg,
            A-3,db,q?,cto,disk,5s
            """);
    CommandLineRun run = run("import", table.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            table + ":2:1 owner: is no role: 'databse'; did you mean 'database'?",
            table + ":4:1 owner: is missing",
            table + ":5:1 id: must be there once, was 'A-1' as in line 2",
            table
                + ":5:1 subject: is no subject: 'replication-lagg'; did you mean 'replication-lag'?",
            table
                + ":6:1 limit: of disk must be a percentage between 0% and 100% such as 30%, was '5s'",
            "list.csv has 5 problems. Nothing was imported.");
  }

  @Test
  void nothingOfATableIsLostInSilence() throws Exception {
    Path table = file("list.csv", "id,area,question,owner,priority\nA-1,db,q?,cto,high,note\n");

    assertThat(run("import", table.toString()).err())
        .contains(
            ":1:1: column 'priority' is not known; known are id, area, question,",
            ":2:1: has 'high' in a column without a name",
            ":2:1: has 'note' in a column without a name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id,area\n\"A-1\"x,db\n", "id,area\n\"A-1,db\n"})
  void quotesThatDoNotCloseAreNamedWithTheirLine(String text) throws Exception {
    assertThat(run("import", file("list.csv", text).toString()).err())
        .contains(":2:1: is no table from here on: ");
  }

  @Test
  void anEmptyTableAndOneThatIsNotUtf8AreOneProblemEach() throws Exception {
    assertThat(run("import", file("empty.csv", "").toString()).err()).contains(":1:1: is empty;");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "id,area\nÜ,db\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(run("import", latin.toString()).err()).contains(":1:1: is not UTF-8;");
  }

  @Test
  void problemsOfYamlHaveTheirLineWhereverTheListStands() throws Exception {
    String item = "- {id: A-1, area: db,\n   owner: nobody, question: q?}\n";

    assertThat(run("import", file("bare.yaml", item).toString()).err())
        .contains("bare.yaml:2:4 [0].owner: is no role: 'nobody';");
    assertThat(run("import", file("items.yaml", "items:\n" + item).toString()).err())
        .contains("items.yaml:3:4 items[0].owner: is no role: 'nobody';");
  }

  @Test
  void theSectionGoesIntoAFile() throws Exception {
    Path out = folder.resolve("out.yaml");
    Path list = file("list.yaml", "- {id: A-1, area: db, owner: cto, question: q?}\n");

    CommandLineRun run = run("import", list.toString(), "--out", out.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("1 items are in " + out);
    assertThat(Files.readString(out))
        .startsWith("checklist:\n  use: none\n  items:\n    - id: \"A-1\"");
  }

  private List<ChecklistItem> items(String name, String text) throws Exception {
    return ListFile.parse(name, text.getBytes(StandardCharsets.UTF_8)).items();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String output(String... arguments) {
    CommandLineRun run = run(arguments);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private static CommandLineRun run(String... arguments) {
    return CommandLineRun.of(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("checklist"), java.util.Arrays.stream(arguments))
            .filter(argument -> !argument.isEmpty())
            .toArray(String[]::new));
  }
}
