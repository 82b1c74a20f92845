package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people will read, read the day before, without a server. */
class NotifyPreviewTest {
  @TempDir Path folder;
  private Path plan;

  @BeforeEach
  void copyReference() throws IOException {
    plan = folder.resolve("plan.yaml");
    try (InputStream reference = PlanReader.class.getResourceAsStream("reference.yaml")) {
      Files.write(plan, reference.readAllBytes());
    }
  }

  @Test
  void theTableSaysWhoIsToldWhen() {
    assertThat(preview().out().lines().map(String::strip))
        .contains(
            "T-60m     starting       slack, card, email, pager, graphs, events, webhook",
            "T+0       traffic        slack, card, status-page, pager, graphs, events, webhook",
            "any time  escalated      slack, email, webhook");
  }

  @Test
  void everyMessageIsShownAsTheChannelSendsIt() {
    String out = preview("--milestone", "T-60").out();

    assertThat(out)
        .contains("── T-60m starting on slack", "🕐 T-60m · ", " · LAUNCH BEGINS")
        .contains("• example: readiness 8.6 of 10, 2 items to go")
        .contains("Subject: 🕐 T-60m")
        .contains("── T-60m starting on pager", "change event, pages nobody: ")
        .doesNotContain("on webhook", "on events", "traffic is on");
  }

  @Test
  void aPublicPageShowsNoFact() {
    String out = preview("--channel", "status-page").out();

    assertThat(out.lines().filter(line -> line.startsWith("investigating: ")))
        .singleElement()
        .asString()
        .startsWith("investigating: We noticed a problem after an update of ");
    assertThat(out).doesNotContain("example:");
  }

  @Test
  void aProgramGetsEveryMessageAsData() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "notify", "preview", plan.toString(), "-o", "json", "--channel", "webhook");
    JsonNode messages = new ObjectMapper().readTree(run.out());

    assertThat(messages).isNotEmpty();
    assertThat(messages.findValuesAsText("channel")).containsOnly("webhook");
    assertThat(messages.get(0).get("lines").get(0).asText()).contains("liftoff.message/v1");
  }

  @Test
  void aMilestoneThatTellsNothingIsAnsweredWithThoseThatDo() {
    CommandLineRun run = preview("--milestone", "T+2h");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("No message is told at 'T+2h'").contains("T-60m, T-45m");
  }

  @Test
  void aPlanThatRoutesNobodySaysSo() throws IOException {
    Files.writeString(
        plan, Files.readString(plan).replace("notice: [slack, card, status-page]", "freeze: []"));

    assertThat(preview("--milestone", "backup").out()).contains("freeze         nobody");
  }

  private CommandLineRun preview(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "notify";
    arguments[1] = "preview";
    arguments[2] = plan.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return CommandLineRun.of(arguments);
  }
}
