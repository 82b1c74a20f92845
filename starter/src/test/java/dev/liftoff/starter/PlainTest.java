package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold",
        "resume",
        "promote",
        "extend",
        "scrub",
        "rollback",
        "rescue",
        "retry",
        "skip"
      })
  void everyVerbIsAnUpdateThatAnybodyCanType(String verb) {
    CommandLineRun run =
        CommandLineRun.of(verb, "shop/production", "--reason", "it's odd", "--plain");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "temporal workflow update execute --workflow-id launch/shop/production --name "
                + verb
                + " --input '{\"who\":\"ann\",\"role\":\"commander\",\"reason\":\"it'\\''s odd\"}'\n");
  }

  @Test
  void aSoakIsExtendedByATime() {
    assertThat(
            CommandLineRun.of(
                    "extend", "shop/test", "--duration", "45m", "--reason", "look", "--plain")
                .out())
        .contains("--name extend", "\"reason\":\"look\",\"duration\":\"45m\"");
    assertThat(
            CommandLineRun.of("extend", "shop/test", "--duration", "soon", "--reason", "look")
                .exit())
        .isEqualTo(2);
  }

  @Test
  void aKeptDatabaseIsGivenUpByItsName() {
    CommandLineRun run =
        CommandLineRun.of(
            "discard",
            "shop/production",
            "--database",
            "shop__post_1",
            "--reason",
            "seen",
            "--plain");

    assertThat(run.out())
        .contains("--name discard", "\"reason\":\"seen\",\"database\":\"shop__post_1\"");
    assertThat(CommandLineRun.of("discard", "shop/production", "--reason", "seen").exit())
        .isEqualTo(2);
  }

  @Test
  void whatIsAskedIsAQuery() {
    assertThat(
            CommandLineRun.of("status", "shop/production", "--plain", "--address", "temporal:7233")
                .out())
        .isEqualTo(
            "temporal workflow query --address temporal:7233 --workflow-id launch/shop/production --type status\n");
    assertThat(CommandLineRun.of("timeline", "shop/production", "--plain").out())
        .contains("--type timeline");
    assertThat(CommandLineRun.of("watch", "shop/production", "--plain").out())
        .isEqualTo("temporal workflow show --workflow-id launch/shop/production --follow\n");
    assertThat(CommandLineRun.of("list", "--plain").out())
        .isEqualTo("temporal workflow list --query 'WorkflowType = '\\''LaunchWorkflow'\\'''\n");
  }

  @Test
  void startTakesThePlanAsJson() throws IOException {
    Path plan = folder.resolve("plan.yaml");
    try (var in = PlanReader.class.getResourceAsStream("reference.yaml")) {
      Files.copy(in, plan);
    }

    assertThat(CommandLineRun.of("start", plan.toString(), "--plain").out().lines())
        .containsExactly(
            "liftoff plan json " + plan + " > plan.json",
            "temporal workflow start --type LaunchWorkflow --task-queue liftoff --workflow-id launch/shop/production"
                + " --fail-existing --static-summary 'shop v2 -> production' --input-file plan.json");
    assertThat(CommandLineRun.of("plan", "json", plan.toString()).out())
        .startsWith("{\n  \"service\" : \"shop\",");
  }
}
