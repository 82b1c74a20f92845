package dev.liftoff.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.Occasion;
import dev.liftoff.notify.Told;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFolderTest {
  @TempDir Path folder;
  private StatusFolder page;

  @BeforeEach
  void open() {
    page = page("Shop");
  }

  @Test
  void theNewestIsFirstAndEachIsThereOnce() throws Exception {
    page.send(Messages.sending(Occasion.NOTICE));
    page.send(Messages.sending(Occasion.TRAFFIC));
    page.send(Messages.sending(Occasion.TRAFFIC));

    JsonNode status = status();
    assertThat(status.path("status").asText()).isEqualTo("verifying");
    assertThat(status.path("entries")).hasSize(2);
    assertThat(status.at("/entries/0/text").asText())
        .isEqualTo("Shop has been updated. We are verifying it.");
    assertThat(status.at("/entries/1/text").asText())
        .isEqualTo("Shop will be updated at 2026-11-22 20:00 UTC. No interruption is expected.");
  }

  @Test
  void thePublicReadsNothingOfTheLaunch() throws Exception {
    Announcement hostile =
        Messages.announcement(
            Occasion.ROLLING_BACK, "db-17.internal is down", List.of("ann <script>alert(1)"));

    page.send(Messages.sending(hostile, false));

    for (String file : List.of("status.json", "index.html", "rss.xml")) {
      assertThat(text(file)).doesNotContain("internal", "ann ", "alert", "ab12cd34", "1.9.0");
    }
  }

  @Test
  void aHostileNameOfTheServiceIsInert() throws Exception {
    page("<script>alert(1)</script> & co").send(Messages.sending(Occasion.TRAFFIC));

    assertThat(text("index.html")).doesNotContain("<script>").contains("&lt;script&gt;");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text("rss.xml").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void launchesThatWriteAtTheSameTimeLoseNothing() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Told>> writers =
          List.of(Occasion.values()).stream()
              .<Callable<Told>>map(occasion -> () -> page.send(Messages.sending(occasion)))
              .toList();
      for (var told : threads.invokeAll(writers)) {
        assertThat(told.get().state()).isEqualTo(Told.State.SENT);
      }
    }

    assertThat(status().path("entries")).hasSize(Occasion.values().length);
  }

  @Test
  void readersNeverSeeHalfAPage() throws Exception {
    page.send(Messages.sending(Occasion.NOTICE));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing =
          threads.submit(() -> {
            for (Occasion occasion : Occasion.values()) {
              page.send(Messages.sending(occasion));
            }
            return true;
          });
      while (!writing.isDone()) {
        assertThat(text("index.html")).endsWith("</html>\n");
        assertThat(status().path("schema").asText()).isEqualTo("liftoff.public-status/v1");
      }
      assertThat(writing.get()).isTrue();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", "index.html", "status.json", "rss.xml");
    }
  }

  @Test
  void aDamagedFileDoesNotKeepThePublicFromBeingTold() throws Exception {
    Files.writeString(folder.resolve("status.json"), "{\"entries\": ");

    assertThat(page.send(Messages.sending(Occasion.TRAFFIC)).state()).isEqualTo(Told.State.SENT);
    assertThat(status().path("entries")).hasSize(1);
  }

  private StatusFolder page(String service) {
    return new StatusFolder(
        new StatusFolder.Settings(folder, service, "https://status.example.com/"));
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(text("status.json"));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
