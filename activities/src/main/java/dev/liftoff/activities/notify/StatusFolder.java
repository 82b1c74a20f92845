package dev.liftoff.activities.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.PublicText;
import dev.liftoff.notify.form.Sending;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A status page as files that any web server can show: {@code index.html}, {@code status.json} and
 * {@code rss.xml}. Each is there completely or not at all, and a message that is told again is one
 * entry.
 */
public final class StatusFolder implements Channel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "status-page";
  private static final String SCHEMA = "liftoff.public-status/v1";
  private static final int MOST_ENTRIES = 50;

  /** A file lock is the process's: threads of this worker need one of their own. */
  private static final ReentrantLock WRITING = new ReentrantLock();

  /**
   * Where it is.
   *
   * @param folder the folder that a web server shows; made where it is missing
   * @param service the name by which the public knows the service
   * @param link the page's public address, for the feed
   */
  public record Settings(Path folder, String service, String link) {}

  private final Settings settings;

  public StatusFolder(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.STATUS_PAGE;
  }

  @Override
  public Told send(Sending sending) throws NotSent {
    WRITING.lock();
    try {
      Path folder = Files.createDirectories(settings.folder());
      try (FileChannel file =
              FileChannel.open(
                  folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = file.lock()) {
        write(folder, sending);
      }
      return Told.sent(NAME, null);
    } catch (IOException full) {
      throw NotSent.now("the status page cannot be written: " + full.getMessage());
    } finally {
      WRITING.unlock();
    }
  }

  @Override
  public Standing standing(Duration limit) throws NotSent, IOException {
    Path folder = Files.createDirectories(settings.folder());
    if (!Files.isWritable(folder)) {
      throw NotSent.ever("the folder %s cannot be written".formatted(folder));
    }
    return Standing.ready("can be written in " + folder);
  }

  private void write(Path folder, Sending sending) throws IOException {
    ObjectNode page = read(folder);
    add(page, sending);
    Map<String, String> files =
        Map.of(
            "status.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(page) + "\n",
            "index.html", StatusPage.html(page),
            "rss.xml", StatusPage.rss(page, settings.link()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path temporary = Files.createTempFile(folder, ".status-", ".tmp");
      try {
        Files.writeString(temporary, file.getValue());
        Files.setPosixFilePermissions(
            temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(temporary, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private void add(ObjectNode page, Sending sending) {
    PublicText text = PublicText.of(sending, settings.service());
    String id = PublicText.id(sending.key(NAME));
    ArrayNode entries = page.withArray("/entries");
    for (JsonNode entry : entries) {
      if (entry.path("id").asText().equals(id)) {
        return;
      }
    }
    ObjectNode entry = JSON.createObjectNode();
    entry.put("id", id);
    entry.put("at", sending.moment().toString());
    entry.put("status", text.status());
    entry.put("text", text.sentence());
    entries.insert(0, entry);
    while (entries.size() > MOST_ENTRIES) {
      entries.remove(entries.size() - 1);
    }
    page.put("status", text.status());
    page.put("text", text.sentence());
    page.put("updated", sending.moment().toString());
  }

  private ObjectNode read(Path folder) throws IOException {
    try {
      if (JSON.readTree(Files.readString(folder.resolve("status.json")))
          instanceof ObjectNode page) {
        return page;
      }
    } catch (NoSuchFileException first) {
      return empty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException damaged) {
      // Whoever damaged the file must not keep the public from being told.
      return empty();
    }
    return empty();
  }

  private ObjectNode empty() {
    ObjectNode page = JSON.createObjectNode();
    page.put("schema", SCHEMA);
    page.put("service", settings.service());
    return page;
  }
}
