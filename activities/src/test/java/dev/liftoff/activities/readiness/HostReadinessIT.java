package dev.liftoff.activities.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.Plans;
import dev.liftoff.activities.LocalProcess;
import dev.liftoff.activities.Secrets;
import dev.liftoff.checklist.Subject;
import dev.liftoff.probe.ProbeResult;
import dev.liftoff.probe.ProbeResult.State;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items about the worker's host, its certificates, secrets and queues. */
class HostReadinessIT {
  private static final String SECRET = "pl4nted-s3cret";

  @TempDir private Path folder;
  private Examining examining;

  @BeforeEach
  void examining() {
    examining = new Examining(folder);
  }

  @Test
  void aCertificateOfSixtyDaysFailsAtNinetyAndPassesAtThirty() throws Exception {
    try (SSLServerSocket site = site(60)) {
      String name = "127.0.0.1:" + site.getLocalPort();
      Thread.ofVirtual().start(() -> shakeHands(site));

      ProbeResult usual = examining.of(Subject.CERTIFICATES, null, name);
      ProbeResult shorter = examining.of(Subject.CERTIFICATES, "30d", name);

      assertThat(usual.state()).isEqualTo(State.FAIL);
      assertThat(usual.value()).matches("certificate of " + name + ": (58|59|60) days left, .*");
      assertThat(usual.limit()).isEqualTo("valid for more than 90d");
      assertThat(shorter.state()).isEqualTo(State.PASS);
    }
  }

  @Test
  void withoutAnHttpsAddressAndWithNobodyThereThereIsNoData() {
    assertThat(examining.of(Subject.CERTIFICATES).value()).startsWith("the plan has no https");
    assertThat(
            examining
                .of(Subject.CERTIFICATES, null, "127.0.0.1:" + LocalProcess.freePort())
                .state())
        .isEqualTo(State.NO_DATA);
  }

  @Test
  void aNameWithoutAnAddressFailsByItsName() {
    examining.plan.remove("database");
    assertThat(examining.of(Subject.DNS, null, "localhost").value())
        .contains("127.0.0.1 is 127.0.0.1", "localhost is ");
    assertThat(examining.of(Subject.DNS, null, "shop.invalid").state()).isEqualTo(State.FAIL);
    assertThat(examining.of(Subject.DNS, null, "shop.invalid").value())
        .isEqualTo("no address: shop.invalid");
  }

  @Test
  void diskAndMemoryAreHeldAgainstTheirLimits() {
    assertThat(examining.of(Subject.DISK, "0%").state()).isEqualTo(State.PASS);
    assertThat(examining.of(Subject.DISK, "100%").state()).isEqualTo(State.FAIL);
    assertThat(examining.of(Subject.DISK, "0%").value())
        .matches("\\d+ % of \\d+ GB free for " + folder);
    assertThat(examining.of(Subject.DISK, "0%", "/proc").state()).isEqualTo(State.NO_DATA);
    assertThat(examining.of(Subject.MEMORY, "0%").value()).matches("\\d+ % of \\d+ MB available");
    assertThat(examining.of(Subject.MEMORY, "100%").state()).isEqualTo(State.FAIL);
  }

  @Test
  void aSecretThatIsMissingFailsByItsReferenceAndNoValueIsEverShown() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), SECRET);
    examining.secrets = new Secrets(Map.of("SHOP_PASSWORD", SECRET));

    ProbeResult all = examining.of(Subject.SECRETS, null, "file:" + file);
    ProbeResult missing = examining.of(Subject.SECRETS, null, "env:NOT_THERE", "file:/nowhere");

    assertThat(all.value()).isEqualTo("2 references have a value");
    assertThat(missing.state()).isEqualTo(State.FAIL);
    assertThat(missing.value())
        .contains("env:NOT_THERE is not set", "file:/nowhere does not exist")
        .doesNotContain(SECRET);
  }

  @Test
  void aSecretThatOthersMayReadFails() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(examining.of(Subject.SECRET_FILES, null, "file:" + file).value())
        .isEqualTo("1 may be read by others: chmod 600 " + file);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(examining.of(Subject.SECRET_FILES, null, "file:" + file).state())
        .isEqualTo(State.PASS);
  }

  @Test
  void configurationThatIsNotThereFails() throws Exception {
    assertThat(examining.of(Subject.CONFIGURATION).value())
        .isEqualTo("not readable here: /etc/shop.conf");
    Path file = Files.writeString(folder.resolve("shop.conf"), "x");
    examining.plan.set("configuration", Plans.list(file.toString()));
    assertThat(examining.of(Subject.CONFIGURATION).state()).isEqualTo(State.PASS);
    examining.plan.remove("configuration");
    assertThat(examining.of(Subject.CONFIGURATION).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void aQueueWithoutAWorkerFailsAndATemporalThatIsAwayIsNoData() {
    examining.taskQueues =
        _ ->
            List.of(
                new TaskQueues.Staff("liftoff", true, 2, 2),
                new TaskQueues.Staff("liftoff-undo", false, 0, 0));
    assertThat(examining.of(Subject.WORKERS).state()).isEqualTo(State.FAIL);
    assertThat(examining.of(Subject.WORKERS).value())
        .isEqualTo(
            "liftoff has 2 workers for workflows and 2 for activities, liftoff-undo has 0 workers for activities");

    examining.taskQueues = _ -> List.of(new TaskQueues.Staff("liftoff", true, 0, 1));
    assertThat(examining.of(Subject.WORKERS).state()).isEqualTo(State.FAIL);

    examining.taskQueues =
        _ -> {
          throw new IllegalStateException("UNAVAILABLE");
        };
    assertThat(examining.of(Subject.WORKERS).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void theChecksOfThePlanAreRunByNameOrAllOfPreflight() {
    examining.plan.set(
        "checks",
        Plans.json(
            """
            {"preflight": [{"type": "disk", "name": "disk", "path": "/", "freeAtLeast": 0}],
             "health": [{"type": "disk", "name": "full", "path": "/", "freeAtLeast": 100}]}
            """));
    assertThat(examining.of(Subject.PLAN_CHECKS).state()).isEqualTo(State.PASS);
    assertThat(examining.of(Subject.PLAN_CHECKS, null, "disk", "full").value())
        .startsWith("full: ");
    assertThat(examining.of(Subject.PLAN_CHECKS, null, "none").value())
        .isEqualTo("the plan has no check named none");
  }

  @Test
  void withoutAnEngineAPagerOrAChannelThereIsNoData() {
    for (Subject subject :
        List.of(
            Subject.ENGINE,
            Subject.ENGINE_DISK,
            Subject.IMAGE,
            Subject.BASELINE,
            Subject.BASELINE_IMAGE,
            Subject.END_TO_END,
            Subject.ON_CALL,
            Subject.CHANNELS)) {
      assertThat(examining.of(subject).state()).as(subject.word()).isEqualTo(State.NO_DATA);
      assertThat(examining.of(subject).value()).as(subject.word()).isNotBlank();
    }
  }

  @Test
  void aPlanThatCannotBeReadIsNoDataForEveryItem() {
    ((ObjectNode) examining.plan.get("image")).remove("reference");

    assertThat(examining.of(Subject.MEMORY).value())
        .isEqualTo("the plan cannot be read: image.reference: is missing");
  }

  private SSLServerSocket site(int days) throws Exception {
    Path store = folder.resolve("site.p12");
    Process keytool =
        new ProcessBuilder(
                (Path.of(System.getProperty("java.home"), "bin", "keytool")
                        + " -genkeypair -alias site -keyalg EC -dname CN=localhost -validity "
                        + days
                        + " -storetype PKCS12 -storepass changeit -keystore "
                        + store)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static void shakeHands(SSLServerSocket site) {
    while (!site.isClosed()) {
      try (SSLSocket socket = (SSLSocket) site.accept()) {
        socket.startHandshake();
        var _ = socket.getInputStream().read();
      } catch (java.io.IOException gone) {
        // The client has what it wanted.
        Thread.onSpinWait();
      }
    }
  }
}
