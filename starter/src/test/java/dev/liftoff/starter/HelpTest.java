package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The help texts are a promise. Written anew with {@code -Dgolden.write=true}; read the difference
 * before it is committed.
 */
class HelpTest {
  private static final Path GOLDEN = Path.of("src/test/resources/help");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "validate",
        "plan",
        "plan json",
        "plan digest",
        "plan init",
        "checklist import",
        "checklist default",
        "start",
        "status",
        "watch",
        "timeline",
        "report",
        "retrospective",
        "list",
        "go",
        "no-go",
        "hold",
        "resume",
        "promote",
        "extend",
        "lend",
        "scrub",
        "rollback",
        "note",
        "present",
        "acknowledge",
        "action",
        "checklist",
        "checklist mine",
        "checklist pass",
        "checklist fail",
        "checklist na",
        "checklist deviate",
        "checklist approve",
        "checklist confirm",
        "checklist sign-off",
        "checklist examine",
        "checklist log",
        "retry",
        "rescue",
        "discard",
        "amend",
        "poll",
        "people",
        "people add",
        "people list",
        "people revoke",
        "login",
        "notify",
        "notify preview",
        "notify test",
        "notify mute",
        "notify unmute",
        "notify resend",
        "skip",
        "doctor"
      })
  void isAsRecorded(String verb) throws IOException {
    CommandLineRun help = CommandLineRun.of((verb + " --help").strip().split(" "));
    Path golden = GOLDEN.resolve((verb.isEmpty() ? "liftoff" : verb.replace(' ', '-')) + ".txt");

    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(golden, help.out());
    }
    assertThat(help.exit()).isZero();
    assertThat(help.out()).isEqualTo(Files.readString(golden));
  }

  @Test
  void aMistakeInAVerbIsOneSentenceAndWhereToLook() {
    assertThat(CommandLineRun.of("go", "shop/production", "--role", "king").err())
        .startsWith("✖ Invalid value for option '--role'")
        .endsWith("  See liftoff go --help\n")
        .hasLineCount(2);
  }

  @Test
  void isShownToWhoTypesNothing() {
    assertThat(CommandLineRun.of())
        .satisfies(run -> assertThat(run.exit()).isEqualTo(2))
        .satisfies(run -> assertThat(run.err()).contains("Usage: liftoff"));
  }

  @Test
  void anUnknownVerbIsAnsweredWithTheNearestOne() {
    CommandLineRun run = CommandLineRun.of("statsu");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("status");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status shop",
        "status a/b/c",
        "hold shop/production --role boss",
        "watch shop/production --timeout soon",
        "status shop/production --address nonsense",
        "validate",
        "validate /nowhere.yaml"
      })
  void whatIsTypedWrongEndsWithTwoAndOneSentence(String line) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    assertThat(run.out()).isEmpty();
  }
}
