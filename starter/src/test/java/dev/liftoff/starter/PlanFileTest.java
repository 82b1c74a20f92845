package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.starter.PlanFile.InvalidFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFileTest {
  private static final String REFERENCE = reference();

  @Test
  void theReferencePlanIsValid() throws InvalidFile {
    assertThat(read(REFERENCE).plan().service()).isEqualTo("shop");
  }

  @Test
  void jsonIsReadLikeYaml() throws InvalidFile {
    String json = read(REFERENCE).json().toPrettyString();

    assertThat(read(json).json()).isEqualTo(read(REFERENCE).json());
  }

  @Test
  void everyProblemIsToldAtOnceWithItsLineAndPath() {
    String plan =
        REFERENCE
            .replace("weight: 100", "weight: 500")
            .replace("port: 8080 ", "prot: 8080 ")
            .replace("drainLimit: 30s", "drainLimit: soon");

    assertThat(problems(plan))
        .containsExactly(
            "plan.yaml:%d:3 container.prot: is not known here; did you mean 'port'?"
                .formatted(line(plan, "prot:")),
            "plan.yaml:%d:8 traffic.steps[2].weight: must be a whole number between 1 and 100, was 500"
                .formatted(line(plan, "weight: 500")),
            "plan.yaml:%d:3 traffic.drainLimit: must be a duration such as 90s, 5m, 2h30m, 7d or PT5M, was 'soon'"
                .formatted(line(plan, "drainLimit: soon")));
  }

  @Test
  void aMissingKeyIsToldWhereItsSectionBegins() {
    String plan = REFERENCE.replaceAll("(?m)^  reference: .*\n", "");

    assertThat(problems(plan))
        .containsExactly(
            "plan.yaml:%d:1 image.reference: is missing".formatted(line(plan, "image:")));
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    String plan = REFERENCE + "\nservice: other\n";

    assertThat(problems(plan))
        .containsExactly(
            "plan.yaml:%d:1 service: is there twice; the first one is in line %d"
                .formatted(
                    plan.lines().toList().lastIndexOf("service: other") + 1,
                    line(plan, "service: shop")));
  }

  @Test
  void aSyntaxErrorNamesItsLine() {
    assertThat(problems("service: shop\nversion: [1, 2\n"))
        .singleElement()
        .asString()
        .startsWith("plan.yaml:3:1: is not YAML");
  }

  @Test
  void anEmptyFileIsToldApart() {
    assertThat(problems(""))
        .containsExactly(
            "plan.yaml:1:1: is empty; an annotated plan to start from: liftoff plan init");
    assertThat(problems("# only a comment\n")).singleElement().asString().contains("is empty");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreRead() throws InvalidFile {
    assertThat(read("\uFEFF" + REFERENCE.replace("\n", "\r\n")).plan().service()).isEqualTo("shop");
  }

  @Test
  void aVersionThatLooksLikeANumberKeepsItsZero() throws InvalidFile {
    assertThat(read(REFERENCE.replace("version: v2", "version: 1.10")).plan().version())
        .isEqualTo("1.10");
  }

  @Test
  void anAliasRepeatsWhatItNames() throws InvalidFile {
    String plan =
        REFERENCE.replace("soak: 1h}", "soak: &soak 1h}").replace("soak: 15m}", "soak: *soak}");

    assertThat(read(plan).plan().traffic().steps().get(2).soak()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aliasesThatMultiplyAreRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i))
          .append("*a%d, ".formatted(i - 1).repeat(5))
          .append("]\n");
    }
    long start = System.nanoTime();

    assertThat(problems(bomb.toString())).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: &a {b: *a}", "a: [&a [*a]]"})
  void anAliasOfItselfIsRefused(String recursive) {
    assertThat(problems(recursive)).isNotEmpty();
  }

  @Test
  void tenThousandLevelsAreRefused() {
    assertThat(problems("[".repeat(10_000) + "]".repeat(10_000)))
        .singleElement()
        .asString()
        .contains("nested too deeply");
    assertThat(problems("{a: ".repeat(300) + "1" + "}".repeat(300)))
        .singleElement()
        .asString()
        .contains("nested too deeply");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cpus: .nan", "cpus: .inf", "cpus: 1e999", "cpus: 99999999999999999999999"})
  void whatIsNoNumberInJsonIsRefused(String cpus) {
    assertThat(problems(REFERENCE.replace("cpus: 1.0", cpus)))
        .singleElement()
        .asString()
        .contains(" container.cpus: ");
  }

  @Test
  void aTagIsRefused() {
    assertThat(problems(REFERENCE.replace("service: shop", "service: !!java.net.URL [x]")))
        .singleElement()
        .asString()
        .contains("tags are not used in plans");
  }

  @Test
  void aFileOverOneMebibyteIsRefused() {
    assertThat(problems("#" + "x".repeat(1 << 20)))
        .singleElement()
        .asString()
        .contains("must not be larger than 1 MiB");
  }

  @Test
  void aSecretIsNotRepeatedInItsProblem() {
    assertThat(problems(REFERENCE.replace("env:SHOP_DATABASE_PASSWORD", "hunter2secret")))
        .hasSize(1)
        .noneMatch(line -> line.contains("hunter2secret"));
  }

  private static PlanFile read(String content) throws InvalidFile {
    return PlanFile.parse("plan.yaml", content.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(String content) {
    return catchThrowableOfType(InvalidFile.class, () -> read(content).plan()).lines();
  }

  private static int line(String plan, String part) {
    return plan.substring(0, plan.indexOf(part)).split("\n", -1).length;
  }

  private static String reference() {
    try (var in = dev.liftoff.plan.PlanReader.class.getResourceAsStream("reference.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
