package dev.liftoff.activities.database.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.Payloads;
import dev.liftoff.activities.database.LaunchFolder;
import dev.liftoff.activities.database.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a launch did to the database, one line each, in {@code ledger.jsonl}: {@code at}, {@code
 * what}, its {@code evidence} with the evidence's sha256, the sha256 of the {@code previous} line,
 * and last the sha256 of the line itself up to there. Anybody can recompute it; a byte that was
 * changed later is found. Lines that were cut off at the end are not: the line {@code migrated}
 * says that it is whole.
 */
public record Ledger(Path file) {
  private static final String NOTHING_BEFORE = "0".repeat(64);
  private static final Pattern LINE =
      Pattern.compile(
          "(?<body>\\{.*\"previous\":\"(?<previous>\\w*)\"),\"sha256\":\"(?<sum>\\w*)\"}");

  public static Ledger of(LaunchFolder folder) {
    return new Ledger(folder.path().resolve("ledger.jsonl"));
  }

  /** It is on the disk when this returns. */
  void append(String what, Object evidence) throws IOException {
    synchronized (Ledger.class) {
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        byte[] whole = whole();
        // A process that died while it wrote has told nobody about that line.
        channel.truncate(whole.length);
        String line = line(what, evidence, lastSum(whole)) + "\n";
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), whole.length);
        channel.force(true);
      }
    }
  }

  /** One sentence for each line that is not what was written; empty when the chain is whole. */
  public List<String> check() throws IOException {
    List<String> findings = new ArrayList<>();
    String previous = NOTHING_BEFORE;
    int number = 0;
    for (String text : lines(Files.readAllBytes(file))) {
      number++;
      Matcher line = LINE.matcher(text);
      if (!line.matches() || !Sha256.of(line.group("body")).equals(line.group("sum"))) {
        findings.add("line %d was changed".formatted(number));
        continue;
      }
      if (!line.group("previous").equals(previous)) {
        findings.add("the line before line %d was changed or removed".formatted(number));
      }
      if (!evidenceHolds(text)) {
        findings.add("the evidence of line %d was changed".formatted(number));
      }
      previous = line.group("sum");
    }
    return findings;
  }

  /** What happened, in order. */
  List<String> events() throws IOException {
    List<String> events = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : lines(whole())) {
        events.add(Payloads.mapper().readTree(line).path("what").asText());
      }
    }
    return events;
  }

  private static String line(String what, Object evidence, String previous) throws IOException {
    JsonNode known = Payloads.mapper().valueToTree(evidence);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", Instant.now().toString());
    fields.put("what", what);
    fields.put("evidence", known);
    fields.put("evidenceSha256", Sha256.of(known.toString()));
    fields.put("previous", previous);
    String json = Payloads.mapper().writeValueAsString(fields);
    String body = json.substring(0, json.length() - 1);
    return body + ",\"sha256\":\"" + Sha256.of(body) + "\"}";
  }

  private static boolean evidenceHolds(String line) throws IOException {
    JsonNode fields = Payloads.mapper().readTree(line);
    return Sha256.of(fields.path("evidence").toString())
        .equals(fields.path("evidenceSha256").asText());
  }

  private static String lastSum(byte[] whole) {
    List<String> lines = lines(whole);
    Matcher last = LINE.matcher(lines.isEmpty() ? "" : lines.getLast());
    return last.matches() ? last.group("sum") : NOTHING_BEFORE;
  }

  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  private byte[] whole() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return java.util.Arrays.copyOf(bytes, end);
  }
}
