package dev.liftoff.activities.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.liftoff.activities.Heartbeat;
import dev.liftoff.activities.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the container engine: every call has a limit, beats while it waits, and fails with
 * a sentence. docker-java itself has no time limit on unix sockets.
 */
final class Engine implements AutoCloseable {
  /**
   * The newest API that docker-java 3.7.1 knows; an engine that is older is spoken to in its own.
   */
  private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;

  private static final int MAX_CONNECTIONS = 64;

  private final URI address;
  private final Duration callLimit;
  private final Heartbeat heartbeat;
  private final Secrets secrets;
  private final AtomicReference<@Nullable DockerClient> connected = new AtomicReference<>();

  Engine(URI address, Duration callLimit, Heartbeat heartbeat, Secrets secrets) {
    this.address = address;
    this.callLimit = callLimit;
    this.heartbeat = heartbeat;
    this.secrets = secrets;
  }

  /**
   * The engine's answer within the limit of a call.
   *
   * @param what completes "the container engine did not …" and "refused to …"
   * @throws EngineRefusal when it answers with an error
   * @throws EngineFault when it does not answer
   */
  <T extends @Nullable Object> T ask(String what, Function<DockerClient, T> call) {
    return ask(what, callLimit, call);
  }

  <T extends @Nullable Object> T ask(String what, Duration limit, Function<DockerClient, T> call) {
    return limited(what, limit, () -> call.apply(client()));
  }

  /** Tells the engine to do it; done already, or nothing left to do it to, is success. */
  void settle(String what, Duration limit, Consumer<DockerClient> call) {
    try {
      ask(
          what,
          limit,
          client -> {
            call.accept(client);
            return true;
          });
    } catch (EngineRefusal refused) {
      if (refused.status() != EngineRefusal.NOT_MODIFIED
          && refused.status() != EngineRefusal.NOT_FOUND) {
        throw refused;
      }
    }
  }

  /** Sends what the engine streams to the consumer until the stream ends. */
  <T> void stream(
      String what,
      Duration limit,
      BiConsumer<DockerClient, ResultCallback<T>> call,
      Consumer<T> each) {
    limited(
        what,
        limit,
        () -> {
          // A client of its own: a stream holds its connection, and a client that is closed frees
          // it.
          try (DockerClient client = connect(version());
              EngineStream<T> stream = new EngineStream<>(each)) {
            call.accept(client, stream);
            stream.await();
          }
          return true;
        });
  }

  void beat(String details) {
    heartbeat.beat(details);
  }

  private <T extends @Nullable Object> T limited(
      String what, Duration limit, Limited.Work<T> work) {
    try {
      return new Limited<T>(limit, heartbeat, what, work).await();
    } catch (Limited.TooLate tooLate) {
      throw EngineFault.unanswering(address, what, limit);
    } catch (DockerException refused) {
      throw EngineRefusal.of(what, refused, secrets);
    } catch (RuntimeException broken) {
      throw EngineFault.of(address, what, broken);
    }
  }

  private DockerClient client() {
    DockerClient present = connected.get();
    if (present != null) {
      return present;
    }
    DockerClient fresh = connect(version());
    if (connected.compareAndSet(null, fresh)) {
      return fresh;
    }
    close(fresh);
    return client();
  }

  /** docker-java does not negotiate: the lower of the engine's version and ours. */
  private RemoteApiVersion version() {
    DockerClient unversioned = connect(RemoteApiVersion.UNKNOWN_VERSION);
    try {
      String offered = unversioned.versionCmd().exec().getApiVersion();
      RemoteApiVersion newest = RemoteApiVersion.parseConfig(offered);
      return newest.isGreaterOrEqual(NEWEST) ? NEWEST : newest;
    } finally {
      close(unversioned);
    }
  }

  private DockerClient connect(RemoteApiVersion version) {
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(address.toString())
            .withApiVersion(version)
            .build();
    ApacheDockerHttpClient http =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(callLimit)
            .build();
    return DockerClientImpl.getInstance(config, http);
  }

  @Override
  public void close() {
    DockerClient client = connected.getAndSet(null);
    if (client != null) {
      close(client);
    }
  }

  private static void close(DockerClient client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
