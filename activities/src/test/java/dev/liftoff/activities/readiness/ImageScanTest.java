package dev.liftoff.activities.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.checklist.Subject;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as the two scanners write them. */
class ImageScanTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final String OTHER = "sha256:" + "b".repeat(64);
  private static final String HIGH_OF_TRIVY = finding("CVE-2026-1", "openssl", "HIGH");
  private static final String HIGH_OF_GRYPE = match("CVE-2026-1", "openssl", "High");

  @TempDir private Path folder;
  private Examining examining;

  @BeforeEach
  void plan() {
    examining = new Examining(folder);
    ((ObjectNode) examining.plan.get("image")).put("digest", DIGEST);
  }

  @Test
  void aCleanReportOfEitherScannerPasses() throws IOException {
    ProbeResult trivy = result(trivy(DIGEST, hoursAgo(1), finding("CVE-1", "zlib", "MEDIUM")));
    ProbeResult grype = result(grype(DIGEST, hoursAgo(1), match("CVE-1", "zlib", "Medium")));

    assertThat(trivy.state()).isEqualTo(State.PASS);
    assertThat(trivy.value()).matches("0 CRITICAL, 0 HIGH of 1 findings, written 1h.* ago");
    assertThat(trivy.limit()).isEqualTo("no HIGH or CRITICAL, not older than 1d");
    assertThat(grype.state()).isEqualTo(State.PASS);
  }

  @Test
  void highAndCriticalFindingsOfEitherScannerFailByTheirNames() throws IOException {
    String critical = finding("CVE-2026-2", "glibc", "CRITICAL");
    ProbeResult trivy = result(trivy(DIGEST, hoursAgo(1), HIGH_OF_TRIVY + "," + critical));
    ProbeResult grype = result(grype(DIGEST, hoursAgo(1), HIGH_OF_GRYPE));

    assertThat(trivy.state()).isEqualTo(State.FAIL);
    assertThat(trivy.value())
        .startsWith("1 CRITICAL, 1 HIGH of 2 findings")
        .endsWith(": CVE-2026-2 in glibc, CVE-2026-1 in openssl");
    assertThat(grype.value()).contains("0 CRITICAL, 1 HIGH of 1", "CVE-2026-1 in openssl");
    assertThat(grype.state()).isEqualTo(State.FAIL);
  }

  @Test
  void aStaleReportFailsWithItsAge() throws IOException {
    assertThat(result(trivy(DIGEST, hoursAgo(31), "")).state()).isEqualTo(State.FAIL);
    assertThat(result(grype(DIGEST, hoursAgo(31), "")).value()).contains("written 1d7h");
  }

  @Test
  void aReportOfAnotherImageFails() throws IOException {
    ProbeResult other = result(trivy(OTHER, hoursAgo(1), ""));

    assertThat(other.state()).isEqualTo(State.FAIL);
    assertThat(other.value()).startsWith("the report is about sha256:cc and " + OTHER);
  }

  @Test
  void withoutADigestNobodyCanTellWhoseReportItIs() throws IOException {
    ((ObjectNode) examining.plan.get("image")).remove("digest");

    assertThat(result(trivy(DIGEST, hoursAgo(1), "")).state()).isEqualTo(State.NO_DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "<html>",
        "{\"SchemaVersion\":2",
        "{\"SchemaVersion\":2,\"Results\":[{\"Vulnerabilities\":[",
        "{\"vulnerabilities\":[]}"
      })
  void garbageIsNoData(String text) throws IOException {
    assertThat(result(text).state()).isEqualTo(State.NO_DATA);
    assertThat(result(text).value()).isNotBlank();
  }

  @Test
  void withoutAReportTheCommandIsNamedThatWritesIt() {
    assertThat(examining.of(Subject.IMAGE_SCAN))
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.NO_DATA);
          assertThat(result.value())
              .contains("there is no report " + folder.resolve("scans/shop-v2.json"))
              .contains("trivy image --format json");
        });
  }

  @Test
  void aReportOfFiftyMegabytesIsReadFindingByFinding() throws IOException {
    Path file = folder.resolve("large.json");
    String one = finding("CVE-2020-%07d", "package", "LOW");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(trivy(DIGEST, hoursAgo(1), "").replace("]}]}", ""));
      for (int i = 0; Files.size(file) < 50_000_000; i++) {
        out.write((i == 0 ? "" : ",") + one.formatted(i) + " ".repeat(400));
      }
      out.write("," + HIGH_OF_TRIVY + "]}]}");
    }

    assertThat(examining.of(Subject.IMAGE_SCAN, null, file.toString()).value())
        .contains("0 CRITICAL, 1 HIGH of ");
  }

  private ProbeResult result(String report) throws IOException {
    Path file = Files.writeString(folder.resolve("report.json"), report);
    return examining.of(Subject.IMAGE_SCAN, null, file.toString());
  }

  private static String hoursAgo(int hours) {
    return Instant.now().minus(Duration.ofHours(hours)).toString();
  }

  private static String trivy(String digest, String at, String findings) {
    return """
    {"SchemaVersion":2,"CreatedAt":"%s","ArtifactName":"shop:v2","ArtifactType":"container_image",
     "Metadata":{"OS":{"Family":"debian"},"ImageID":"sha256:cc","RepoDigests":["shop@%s"]},
     "Results":[{"Target":"shop:v2 (debian 12)","Class":"os-pkgs","Type":"debian","Vulnerabilities":[%s]}]}\
    """
        .formatted(at, digest, findings);
  }

  private static String finding(String id, String artifact, String severity) {
    return """
    {"VulnerabilityID":"%s","PkgName":"%s","InstalledVersion":"1","Severity":"%s","Layer":{"DiffID":"sha256:1"}}\
    """
        .formatted(id, artifact, severity);
  }

  private static String grype(String digest, String at, String matches) {
    return """
    {"matches":[%s],
     "source":{"type":"image","target":{"userInput":"shop:v2","imageID":"sha256:cc","manifestDigest":"%s","repoDigests":[]}},
     "distro":{"name":"debian"},"descriptor":{"name":"grype","version":"0.9","timestamp":"%s"}}\
    """
        .formatted(matches, digest, at);
  }

  private static String match(String id, String artifact, String severity) {
    return """
    {"vulnerability":{"id":"%s","severity":"%s"},"artifact":{"name":"%s","version":"1"}}\
    """
        .formatted(id, severity, artifact);
  }
}
