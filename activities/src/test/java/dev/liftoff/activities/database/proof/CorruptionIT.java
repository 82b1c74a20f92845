package dev.liftoff.activities.database.proof;

import static dev.liftoff.activities.database.Shop.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.PostgresCluster;
import dev.liftoff.activities.database.PostgresServer;
import dev.liftoff.activities.database.PostgresTools;
import dev.liftoff.activities.database.Progress;
import dev.liftoff.activities.database.Purpose;
import dev.liftoff.activities.database.Shop;
import dev.liftoff.activities.database.TableContents;
import dev.liftoff.activities.database.Tool;
import dev.liftoff.activities.database.backup.Forged;
import dev.liftoff.activities.database.backup.Manifest;
import dev.liftoff.database.Proof;
import dev.liftoff.database.RestorePoint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The faults of database.md section 2 in each format of pg_dump: the verifier fails on every one,
 * also where the fault was there before the checksums were taken.
 */
class CorruptionIT {
  private static PostgresCluster cluster;

  @TempDir Path folder;
  private Shop shop;

  enum Format {
    DIRECTORY_COMPRESSED("directory", 1),
    DIRECTORY_PLAIN("directory", 0),
    CUSTOM_COMPRESSED("custom", 1),
    CUSTOM_PLAIN("custom", 0);

    final String word;
    final int compression;

    Format(String word, int compression) {
      this.word = word;
      this.compression = compression;
    }
  }

  enum Fault {
    CHANGED,
    TRUNCATED,
    ZEROED
  }

  @BeforeAll
  static void start() throws Exception {
    cluster = new PostgresCluster();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void open() throws Exception {
    shop = new Shop(cluster, folder);
    shop.execute(
        "INSERT INTO orders (item) SELECT 'amount 47112500 ' || md5(n::text) FROM generate_series(1, 5000) n");
  }

  @AfterEach
  void drop() throws Exception {
    shop.drop();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aDumpWithoutAFaultIsProvenInThisFormat(Format format) throws Exception {
    assertThat(proof(dumped(format)).differences()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void aFaultAfterTheChecksumsIsFoundByThem(Format format, Fault fault) throws Exception {
    RestorePoint point = dumped(format);

    spoil(largest(), format, fault);
    Proof proof = proof(point);

    assertThat(proof.proven()).isFalse();
    assertThat(proof.differences().getFirst()).contains("another checksum");
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void aFaultBeforeTheChecksumsIsFoundByTheRestoreOrTheContent(Format format, Fault fault)
      throws Exception {
    dumped(format);

    spoil(largest(), format, fault);
    Proof proof = proof(checksummed());

    assertThat(proof.proven()).isFalse();
    assertThat(proof.level().isVerified()).isFalse();
    if (format.compression == 0 && fault == Fault.CHANGED) {
      assertThat(proof.differences())
          .containsExactly("public.orders came back with 5003 rows of other content than it had");
    }
  }

  static Stream<Format> formats() {
    return Arrays.stream(Format.values());
  }

  static Stream<Arguments> matrix() {
    return formats()
        .flatMap(format -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(format, fault)));
  }

  /** The same rows in another format than ours, under a manifest that fits. */
  private RestorePoint dumped(Format format) throws Exception {
    shop.database().backUp(LAUNCH, shop.spec());
    Path dump = shop.backup().resolve(Manifest.DUMP);
    try (Stream<Path> files = Files.walk(dump)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    PostgresServer server = server();
    Map<String, String> environment = server.toolEnvironment(shop.name, Purpose.BACKUP);
    List<String> arguments =
        List.of("--format=" + format.word, "--compress=" + format.compression, "--file=" + dump);
    try (Tool tool = PostgresTools.fitting(15, null).start("pg_dump", arguments, environment)) {
      tool.await(Duration.ofMinutes(1));
    }
    return checksummed();
  }

  private RestorePoint checksummed() throws Exception {
    return Forged.checksums(shop.backup());
  }

  private Path largest() throws IOException {
    try (Stream<Path> files = Files.walk(shop.backup().resolve(Manifest.DUMP))) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private static void spoil(Path file, Format format, Fault fault) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long length = bytes.length();
      switch (fault) {
        case TRUNCATED -> bytes.setLength(length - length / 10);
        case ZEROED -> write(bytes, length / 2, new byte[4096]);
        case CHANGED -> change(bytes, format, Files.readAllBytes(file));
      }
    }
  }

  private static void change(RandomAccessFile bytes, Format format, byte[] all) throws IOException {
    if (format.compression == 0) {
      String text = new String(all, StandardCharsets.ISO_8859_1);
      write(
          bytes,
          text.indexOf("47112500", all.length / 2),
          "47112501".getBytes(StandardCharsets.US_ASCII));
    } else {
      write(bytes, all.length / 2, new byte[] {(byte) (all[all.length / 2] ^ 16)});
    }
  }

  private static void write(RandomAccessFile bytes, long at, byte[] content) throws IOException {
    bytes.seek(at);
    bytes.write(content);
  }

  private Proof proof(RestorePoint point) throws Exception {
    return new RestoreProof(server(), null, 2, new Progress(), TableContents::read).prove(point);
  }

  private PostgresServer server() {
    return new PostgresServer(LAUNCH, shop.spec(), shop.secrets, Duration.ofSeconds(5));
  }
}
