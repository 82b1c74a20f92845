package dev.liftoff.activities.compatibility;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The engine of this host with a network and the image of a service that speaks PostgreSQL. */
public final class TrialStage implements AutoCloseable {
  public static final URI ADDRESS = URI.create("unix:///var/run/docker.sock");
  public static final String IMAGE = "liftoff-it/trial:1";
  public static final String NETWORK = "liftoff-it-trial";
  public static final String GATEWAY = "172.31.248.1";
  static final String BLUE = "172.31.248.11";
  static final String GREEN = "172.31.248.12";
  static final String TRIAL = "172.31.248.13";
  public static final String SUBNET = "172.31.248.0/24";
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final Path PSQL = Path.of("/usr/lib/postgresql/15/bin/psql");

  public final DockerClient client = connect();

  public TrialStage(Path folder) throws Exception {
    clear();
    buildImage(Files.createDirectory(folder.resolve("image")));
    client
        .createNetworkCmd()
        .withName(NETWORK)
        .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(SUBNET).withGateway(GATEWAY)))
        .exec();
  }

  void run(String name, String address, Map<String, String> labels, List<String> variables) {
    String id =
        client
            .createContainerCmd(IMAGE)
            .withName(name)
            .withLabels(labels)
            .withEnv(variables)
            .withStopTimeout(1)
            .withIpv4Address(address)
            .withHostConfig(HostConfig.newHostConfig().withNetworkMode(NETWORK).withInit(true))
            .exec()
            .getId();
    client.startContainerCmd(id).exec();
  }

  public boolean exists(String container) {
    try {
      client.inspectContainerCmd(container).exec();
      return true;
    } catch (NotFoundException absent) {
      return false;
    }
  }

  public void removeContainers() {
    client
        .listContainersCmd()
        .withShowAll(true)
        .withNetworkFilter(Set.of(NETWORK))
        .exec()
        .forEach(each -> client.removeContainerCmd(each.getId()).withForce(true).exec());
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
    try {
      client.removeImageCmd(IMAGE).withForce(true).exec();
    } catch (NotFoundException absent) {
      // As wanted.
    }
  }

  private void buildImage(Path context) throws Exception {
    require(BUSYBOX, "busybox-static");
    require(PSQL, "postgresql-client-15");
    Path root = context.resolve("root");
    copy(BUSYBOX, root.resolve("bin/busybox"));
    copy(BUSYBOX, root.resolve("bin/sh"));
    copy(PSQL, root.resolve("bin/psql"));
    for (Path library : libraries()) {
      copy(library, root.resolve(library.toString().substring(1)));
    }
    resource("Dockerfile", context.resolve("Dockerfile"));
    resource("service", root.resolve("service"));
    resource("sql", root.resolve("www/cgi-bin/sql"));
    Files.writeString(root.resolve("www/ready"), "ready\n");
    client
        .buildImageCmd(context.toFile())
        .withTags(Set.of(IMAGE))
        .exec(new BuildImageResultCallback())
        .awaitImageId(120, TimeUnit.SECONDS);
  }

  /** Lines such as {@code libpq.so.5 => /lib/x86_64-linux-gnu/libpq.so.5 (0x…)}. */
  private static List<Path> libraries() throws IOException {
    Process ldd = new ProcessBuilder("ldd", PSQL.toString()).start();
    String lines = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return lines
        .lines()
        .map(line -> line.replaceFirst(".*=>", "").strip().split(" ", 2)[0])
        .filter(each -> each.startsWith("/"))
        .map(Path::of)
        .toList();
  }

  private static void require(Path program, String packageName) {
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          program + " is missing; install the Debian package " + packageName);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from.toRealPath(), to);
  }

  private static void resource(String name, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (var in = TrialStage.class.getResourceAsStream("/trial/" + name)) {
      Files.copy(in, to);
    }
    if (!to.toFile().setExecutable(true, false)) {
      throw new IOException(to + " cannot be made executable");
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
