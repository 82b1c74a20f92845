package dev.liftoff.activities.probe;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.Secrets;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Redis answers, keeps a value, and reports no trouble. */
record RedisCheck(
    Check.Redis check,
    LaunchId launch,
    ClientResources resources,
    Secrets secrets,
    Duration patience)
    implements Examination {

  @Override
  public String limit() {
    return "ping within %d ms, a value is kept, no trouble".formatted(check.limit().toMillis());
  }

  @Override
  public ProbeResult run() {
    RedisClient client = RedisClient.create(resources, uri());
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .socketOptions(SocketOptions.builder().connectTimeout(patience).build())
            .build());
    try (client;
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return examined(connection.sync());
    } catch (RedisCommandExecutionException refused) {
      return ProbeResult.fail(check.name(), "answered: " + refused.getMessage(), limit());
    }
  }

  private ProbeResult examined(RedisCommands<String, String> redis) {
    List<String> wrong = new ArrayList<>();
    RedisInfo before = RedisInfo.of(redis.info());
    long start = System.nanoTime();
    redis.ping();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    if (millis > check.limit().toMillis()) {
      wrong.add("slower than " + check.limit().toMillis() + " ms");
    }
    if (!keepsAValue(redis)) {
      wrong.add("a value that was written could not be read back");
    }
    wrong.addAll(before.troubles(RedisInfo.of(redis.info())));
    String value = "ping in %d ms, %s".formatted(millis, before);
    return wrong.isEmpty()
        ? ProbeResult.pass(check.name(), value, limit())
        : ProbeResult.fail(check.name(), value + ", " + String.join(", ", wrong), limit());
  }

  private boolean keepsAValue(RedisCommands<String, String> redis) {
    String value = UUID.randomUUID().toString();
    String key = "liftoff:probe:" + launch + ":" + value;
    // It expires, so that even a worker that dies here leaves nothing behind.
    redis.set(key, value, SetArgs.Builder.px(patience.plusSeconds(60)));
    try {
      return value.equals(redis.get(key));
    } finally {
      redis.del(key);
    }
  }

  private RedisURI uri() {
    RedisURI uri = RedisURI.create(check.uri());
    uri.setTimeout(patience);
    if (check.password() != null) {
      uri.setAuthentication(secrets.resolve(check.password()).toCharArray());
    }
    return uri;
  }
}
