package dev.liftoff.probe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.liftoff.SecretReference;
import dev.liftoff.container.Image;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that must hold before a launch goes on. Each has a name that people recognise. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Check.Http.class, name = "http"),
  @JsonSubTypes.Type(value = Check.Tls.class, name = "tls"),
  @JsonSubTypes.Type(value = Check.Redis.class, name = "redis"),
  @JsonSubTypes.Type(value = Check.Postgres.class, name = "postgres"),
  @JsonSubTypes.Type(value = Check.Disk.class, name = "disk"),
  @JsonSubTypes.Type(value = Check.Container.class, name = "container")
})
public sealed interface Check {
  String name();

  /**
   * The kind of check in plans and histories. Written out here, because a list of checks has lost
   * its type when it is written.
   */
  @JsonProperty("type")
  default String type() {
    return switch (this) {
      case Http _ -> "http";
      case Tls _ -> "tls";
      case Redis _ -> "redis";
      case Postgres _ -> "postgres";
      case Disk _ -> "disk";
      case Container _ -> "container";
    };
  }

  /**
   * An HTTP request and what must come back. In {@code url} and in header values {@code
   * {candidate}}, {@code {baseline}} stand for the address of that container, {@code
   * {candidate.slot}} and {@code {baseline.slot}} for its slot, {@code {launch}} for the launch: a
   * header {@code X-Slot} reaches it through the real proxy.
   *
   * @param body sent with the same placeholders filled in, null for none
   * @param expect JSON pointer to the text that must stand there, such as {@code /status} to {@code
   *     UP}
   * @param limit the answer must be complete within this time
   */
  record Http(
      String name,
      String method,
      String url,
      Map<String, String> headers,
      @Nullable String body,
      int status,
      Map<String, String> expect,
      Duration limit)
      implements Check {
    public Http {
      headers = new java.util.TreeMap<>(headers);
      expect = new java.util.TreeMap<>(expect);
    }
  }

  /** The certificate that host and port present is valid for at least this long. */
  record Tls(String name, String host, int port, Duration validFor) implements Check {}

  /**
   * Redis answers a ping, keeps a value that is written and read back under a key of the launch,
   * and reports no trouble in INFO.
   */
  record Redis(String name, String uri, @Nullable SecretReference password, Duration limit)
      implements Check {}

  /**
   * PostgreSQL is writable, not in recovery, has room for connections, and its replicas follow.
   *
   * @param connectionsBelow percent of max_connections that may be in use
   * @param lagBelow how far a replica may be behind
   */
  record Postgres(
      String name,
      String url,
      String user,
      SecretReference password,
      int connectionsBelow,
      Duration lagBelow)
      implements Check {}

  /** The file system that holds the path has at least this percentage free. */
  record Disk(String name, String path, int freeAtLeast) implements Check {}

  /**
   * An end-to-end test: a program that runs once, in a container of the plan's network, and exits
   * with 0 within its limit. Which container it was and what became of the launch meanwhile must
   * not matter to it: whoever comes after a crash runs it anew.
   *
   * @param image null for the candidate's
   * @param run program and arguments; no secrets, everybody on the host can read them
   * @param environment what it needs, with the placeholders of {@link Http}; a value {@code
   *     env:NAME} or {@code file:/path} is a secret reference
   * @param limit when it has run for so long, it is ended, and has failed
   * @param place where it runs; null until the image is pinned
   */
  record Container(
      String name,
      @Nullable String image,
      List<String> run,
      Map<String, String> environment,
      Duration limit,
      @Nullable Place place)
      implements Check {
    public Container {
      run = List.copyOf(run);
      environment = new java.util.TreeMap<>(environment);
    }

    public Container in(Place where) {
      return new Container(name, image, run, environment, limit, where);
    }
  }

  /** An image that the engine has, and the engine's network in which it runs. */
  record Place(Image image, String network) {}

  /** How long the longest of them may take that are containers; zero when none is. */
  static Duration longestContainer(List<Check> checks) {
    return checks.stream()
        .filter(Container.class::isInstance)
        .map(check -> ((Container) check).limit())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
