package dev.liftoff.activities.readiness;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a scanner found in an image: the JSON of Trivy or of Grype. Read finding by finding, for a
 * report of an old image has tens of megabytes.
 */
final class ScanReport {
  private static final long LARGEST = 256L * 1024 * 1024;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxDocumentLength(LARGEST).build())
              .build());
  private static final Set<String> SEVERE = Set.of("HIGH", "CRITICAL");

  private final Set<String> images = new LinkedHashSet<>();
  private final Set<String> high = new TreeSet<>();
  private final Set<String> critical = new TreeSet<>();
  private long findings;
  private boolean known;
  private Instant writtenAt = Instant.MIN;

  private ScanReport() {}

  /**
   * Reads the file.
   *
   * @throws IOException when it is neither, damaged, or larger than 256 MB
   */
  static ScanReport read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is larger than 256 MB; is it a report of one image?");
    }
    ScanReport report = new ScanReport();
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      report.document(parser);
    } catch (JsonProcessingException garbage) {
      throw new IOException(
          "%s is damaged JSON in line %d; write it again"
              .formatted(
                  file, garbage.getLocation() == null ? 0 : garbage.getLocation().getLineNr()));
    }
    if (!report.known) {
      throw new IOException(
          file + " is neither Trivy's nor Grype's JSON: trivy image --format json, grype -o json");
    }
    if (report.writtenAt.equals(Instant.MIN)) {
      report.writtenAt = Files.getLastModifiedTime(file).toInstant();
    }
    return report;
  }

  /** Ids and digests of the image that was scanned. */
  Set<String> images() {
    return images;
  }

  /** Names of those findings, each once. */
  List<String> high() {
    return List.copyOf(high);
  }

  List<String> critical() {
    return List.copyOf(critical);
  }

  long findings() {
    return findings;
  }

  /** As the report says; older versions do not, then as its file says. */
  Instant writtenAt() {
    return writtenAt;
  }

  private void document(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "Results" -> each(parser, this::target);
        case "Metadata" -> metadata(tree(parser));
        case "CreatedAt" -> moment(parser.getText());
        case "SchemaVersion" -> {
          known = true;
          parser.skipChildren();
        }
        case "matches" -> each(parser, this::match);
        case "source" -> source(tree(parser));
        case "descriptor" -> descriptor(tree(parser));
        default -> parser.skipChildren();
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new JsonProcessingException("ends too early", parser.currentLocation()) {
        private static final long serialVersionUID = 1;
      };
    }
  }

  /** One element of an array, whose tokens it takes. */
  private interface Element {
    void read(JsonParser parser) throws IOException;
  }

  private static void each(JsonParser parser, Element element) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
        element.read(parser);
      }
    } else {
      parser.skipChildren();
    }
  }

  /** Of Trivy: a layer or a lock file, with what was found in it. */
  private void target(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("Vulnerabilities")) {
        each(
            parser,
            finding -> {
              JsonNode one = tree(finding);
              found(one.path("Severity"), one.path("VulnerabilityID"), one.path("PkgName"));
            });
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Of Grype. */
  private void match(JsonParser parser) throws IOException {
    JsonNode match = tree(parser);
    found(
        match.at("/vulnerability/severity"),
        match.at("/vulnerability/id"),
        match.at("/artifact/name"));
  }

  private void found(JsonNode severity, JsonNode id, JsonNode artifact) {
    findings++;
    String level = severity.asText().toUpperCase(Locale.ROOT);
    if (SEVERE.contains(level)) {
      (level.equals("HIGH") ? high : critical).add(id.asText() + " in " + artifact.asText());
    }
  }

  private void metadata(JsonNode metadata) {
    image(metadata.path("ImageID").asText());
    metadata.path("RepoDigests").forEach(digest -> image(digest.asText()));
  }

  private void source(JsonNode source) {
    JsonNode target = source.path("target");
    image(target.path("imageID").asText());
    image(target.path("manifestDigest").asText());
    target.path("repoDigests").forEach(digest -> image(digest.asText()));
  }

  private void descriptor(JsonNode descriptor) {
    known |= descriptor.path("name").asText().equals("grype");
    moment(descriptor.path("timestamp").asText());
  }

  private void image(String digest) {
    if (!digest.isEmpty()) {
      images.add(digest.substring(digest.indexOf('@') + 1));
    }
  }

  private void moment(String text) {
    try {
      writtenAt = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException unknown) {
      // Then the file's own time counts.
      writtenAt = Instant.MIN;
    }
  }

  private static JsonNode tree(JsonParser parser) throws IOException {
    JsonNode tree = JSON.readTree(parser);
    return tree == null ? MissingNode.getInstance() : tree;
  }
}
