package dev.liftoff.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerDownTest {
  private static final String NOBODY = "127.0.0.1:1";

  @BeforeAll
  static void loadClasses() {
    CommandLineRun.of("status", "shop/production", "--address", NOBODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status shop/production",
        "watch shop/production",
        "timeline shop/production",
        "list",
        "status",
        "go shop/production --reason all_green",
        "no-go shop/production --reason too_late",
        "hold shop/production",
        "resume shop/production",
        "promote shop/production --reason calm",
        "scrub shop/production --reason late",
        "rollback shop/production --reason errors",
        "retry shop/production",
        "skip shop/production --reason gone",
        "note shop/production swapped"
      })
  void everyVerbSaysSoInOneSentenceAndSoon(String line) {
    long start = System.nanoTime();

    CommandLineRun run =
        CommandLineRun.of(
            Stream.of((line + " --address " + NOBODY).split(" "))
                .map(word -> word.replace('_', ' '))
                .toArray(String[]::new));

    assertThat(run.exit()).isEqualTo(75);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("✖ Temporal cannot be reached at 127.0.0.1:1: connection refused.\n")
        .hasLineCount(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void jsonCarriesTheSameError() {
    CommandLineRun run =
        CommandLineRun.of("status", "shop/production", "--address", NOBODY, "-o", "json");

    assertThat(run.out()).contains("\"code\" : \"UNREACHABLE\"").contains("127.0.0.1:1");
  }

  @Test
  void aPortThatAcceptsAndIsSilentIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CommandLineRun run =
          CommandLineRun.of("list", "--address", "127.0.0.1:" + silent.getLocalPort());

      assertThat(run.exit()).isEqualTo(75);
      assertThat(run.err()).contains("Temporal does not answer at 127.0.0.1:");
    }
  }

  @Test
  void aWatchGoesOnTryingAPortThatAcceptsAndIsSilent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();

      CommandLineRun run =
          CommandLineRun.of(
              "watch",
              "shop/production",
              "--address",
              address,
              "--interval",
              "10ms",
              "--timeout",
              "6s");

      assertThat(run.exit()).isEqualTo(75);
      assertThat(run.err())
          .containsPattern("^\\S+Z Temporal at " + address + " does not answer since \\d+ s; ")
          .contains("; the launch goes on without this screen. Trying until ");
    }
  }

  @Test
  void theDoctorNamesTheFixAndGuessesNothing() {
    CommandLineRun run =
        CommandLineRun.of(
            "doctor",
            "--address",
            NOBODY,
            "--docker",
            "/nowhere/docker.sock",
            "--file",
            "/nowhere/file");

    assertThat(run.exit()).isEqualTo(9);
    assertThat(run.out())
        .contains("OK       java: ")
        .contains("FAIL     temporal 127.0.0.1:1: Temporal cannot be reached")
        .contains("NO DATA  search attributes: needs Temporal")
        .contains("FAIL     docker engine /nowhere/docker.sock: ")
        .contains("FAIL     file /nowhere/file: is not there");
  }
}
