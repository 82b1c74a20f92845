package dev.liftoff.probe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.liftoff.SecretReference;
import java.time.Duration;
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
  @JsonSubTypes.Type(value = Check.Disk.class, name = "disk")
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
}
