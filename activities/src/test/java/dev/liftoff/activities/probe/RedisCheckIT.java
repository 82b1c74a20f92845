package dev.liftoff.activities.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Waiting;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisCheckIT {
  private static final String PASSWORD = "pl4nted-Passw0rd";
  private static final int PORT = LocalProcess.freePort();

  @TempDir private static Path folder;
  private static LocalProcess redis;
  private static RedisClient client;
  private static StatefulRedisConnection<String, String> admin;
  private static Probing probing;

  @BeforeAll
  static void start() {
    redis =
        LocalProcess.start(
                folder,
                List.of(
                    "/usr/bin/redis-server",
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    "" + PORT,
                    "--requirepass",
                    PASSWORD,
                    "--save",
                    "",
                    "--maxmemory-policy",
                    "noeviction"))
            .awaitPort(PORT);
    client = RedisClient.create("redis://:" + PASSWORD + "@127.0.0.1:" + PORT);
    admin = client.connect();
    probing = Probing.with(PASSWORD);
  }

  @AfterAll
  static void stop() {
    probing.close();
    admin.close();
    client.shutdown();
    redis.close();
  }

  @AfterEach
  void recover() {
    admin.sync().configSet("maxmemory", "0");
    admin.sync().configSet("maxmemory-policy", "noeviction");
    admin.sync().replicaofNoOne();
  }

  @Test
  void aHealthyRedisPassesAndKeepsNothing() {
    assertThat(result())
        .satisfies(result -> {
          assertThat(result.state()).isEqualTo(State.PASS);
          assertThat(result.value()).matches("ping in \\d+ ms, memory \\d+ MB, \\d+ conn.*");
        });
    assertThat(admin.sync().dbsize()).isZero();
  }

  @Test
  void fullMemoryThatNeverEvictsFails() {
    admin.sync().configSet("maxmemory", String.valueOf(used() * 105 / 100));

    assertThat(result().state()).isEqualTo(State.FAIL);
    assertThat(result().value()).contains("maxmemory-policy is noeviction");
  }

  @Test
  void aFullCacheThatEvictsPasses() {
    admin.sync().configSet("maxmemory-policy", "allkeys-lru");
    admin.sync().configSet("maxmemory", String.valueOf(used() * 105 / 100));

    assertThat(result().state()).isEqualTo(State.PASS);
  }

  @Test
  void memoryThatIsExhaustedIsAWrongAnswer() {
    admin.sync().configSet("maxmemory", "1");

    assertThat(result().state()).isEqualTo(State.FAIL);
    assertThat(result().value()).startsWith("answered: OOM");
  }

  @Test
  void aReplicaIsNotWritable() {
    admin.sync().replicaof("127.0.0.1", LocalProcess.freePort());

    assertThat(result().state()).isEqualTo(State.FAIL);
    assertThat(result().value()).contains("READONLY");
  }

  @Test
  void aWrongPasswordIsNotShown() {
    try (Probing wrong = Probing.with("hunter2-wrong")) {
      ProbeResult result = wrong.result(check(PORT));

      assertThat(result.passed()).isFalse();
      assertThat(result.value()).contains("WRONGPASS").doesNotContain("hunter2");
    }
  }

  @Test
  void nobodyThereIsNoData() {
    assertThat(probing.result(check(LocalProcess.freePort())).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsNoDataWithinTheLimit() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();

      assertThat(probing.result(check(silent.getLocalPort())).state()).isEqualTo(State.NO_DATA);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Waiting.BUSY);
    }
  }

  private static long used() {
    return admin
        .sync()
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .map(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static ProbeResult result() {
    return probing.result(check(PORT));
  }

  private static Check check(int port) {
    return new Check.Redis(
        "cache", "redis://127.0.0.1:" + port, Probing.PASSWORD, Duration.ofSeconds(1));
  }
}
