package dev.liftoff.activities.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The engine of this host as the tests see it, past the adapter, and what they put on it. */
final class TestEngine implements AutoCloseable {
  static final URI ADDRESS = URI.create("unix:///var/run/docker.sock");
  static final String IMAGE = "liftoff-it/candidate:1";
  static final String NETWORK = "liftoff-it";
  static final String BLUE = "172.31.249.11";
  static final String GREEN = "172.31.249.12";
  private static final String SUBNET = "172.31.249.0/24";
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  final DockerClient client = connect();

  private TestEngine() {}

  /** With the image of a candidate and a network of its own. */
  static TestEngine open() throws IOException {
    TestEngine engine = new TestEngine();
    engine.clear();
    engine.buildImage();
    engine
        .client
        .createNetworkCmd()
        .withName(NETWORK)
        .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(SUBNET)))
        .exec();
    return engine;
  }

  static DockerContainers containers(Path artifacts, Secrets secrets) {
    return new DockerContainers(
        DockerContainers.Settings.on(ADDRESS, artifacts), secrets, Heartbeat.none());
  }

  static ContainerSpec spec() {
    return spec(Map.of(), "/health/ready", Duration.ofSeconds(20));
  }

  static ContainerSpec spec(Map<String, String> environment) {
    return spec(environment, "/health/ready", Duration.ofSeconds(20));
  }

  static ContainerSpec spec(Map<String, String> environment, String readyPath, Duration limit) {
    return new ContainerSpec(
        8080,
        NETWORK,
        Map.of(Slot.BLUE, BLUE, Slot.GREEN, GREEN),
        environment,
        Map.of(),
        64L << 20,
        0.5,
        List.of("/bin/busybox true"),
        readyPath,
        limit,
        Duration.ofSeconds(10),
        List.of("ERROR"));
  }

  InspectContainerResponse inspect(String container) {
    return client.inspectContainerCmd(container).exec();
  }

  boolean exists(String container) {
    try {
      inspect(container);
      return true;
    } catch (NotFoundException absent) {
      return false;
    }
  }

  /** Runs a container that is none of ours; an empty address leaves the choice to the engine. */
  void runForeign(String name, String address, Map<String, String> labels) {
    var command =
        client
            .createContainerCmd(IMAGE)
            .withName(name)
            .withLabels(labels)
            .withStopTimeout(1)
            .withHostConfig(HostConfig.newHostConfig().withNetworkMode(NETWORK));
    if (!address.isEmpty()) {
      command.withIpv4Address(address);
    }
    client.startContainerCmd(command.exec().getId()).exec();
  }

  /** Every container in the network or of the image, and of the contract. */
  void removeContainers() {
    Set.of(
            client.listContainersCmd().withShowAll(true).withNetworkFilter(Set.of(NETWORK)),
            client
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.SERVICE, "contract")))
        .stream()
        .flatMap(each -> each.exec().stream())
        .map(Container::getId)
        .distinct()
        .forEach(id -> client.removeContainerCmd(id).withForce(true).exec());
  }

  @Override
  public void close() throws IOException {
    clear();
    client.close();
  }

  private void clear() {
    removeContainers();
    try {
      client.removeNetworkCmd(NETWORK).exec();
    } catch (NotFoundException absent) {
      // As wanted.
    }
    removeImage(IMAGE);
  }

  void removeImage(String reference) {
    try {
      client.removeImageCmd(reference).withForce(true).exec();
    } catch (NotFoundException absent) {
      // As wanted.
    }
  }

  private void buildImage() throws IOException {
    if (!Files.isExecutable(BUSYBOX)) {
      throw new IllegalStateException(
          BUSYBOX + " is missing; install the Debian package busybox-static");
    }
    Path context = Files.createTempDirectory("candidate");
    for (String file : List.of("Dockerfile", "candidate")) {
      try (var in = TestEngine.class.getResourceAsStream("/candidate/" + file)) {
        Files.copy(in, context.resolve(file));
      }
    }
    Files.copy(BUSYBOX, context.resolve("busybox"));
    Files.createDirectories(context.resolve("www/health"));
    Files.writeString(context.resolve("www/health/ready"), "ready\n");
    client
        .buildImageCmd(context.toFile())
        .withTags(Set.of(IMAGE))
        .exec(new BuildImageResultCallback())
        .awaitImageId(60, TimeUnit.SECONDS);
    delete(context);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(TestEngine::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DockerClient connect() {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(ADDRESS.toString())
            .build();
    return DockerClientImpl.getInstance(
        config, new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }
}
