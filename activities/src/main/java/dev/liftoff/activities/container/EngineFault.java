package dev.liftoff.activities.container;

import com.github.dockerjava.api.exception.DockerException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.TemporalFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The engine cannot be reached or does not answer: trying again may help. */
final class EngineFault extends RuntimeException {
  private EngineFault(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  static EngineFault unanswering(URI engine, String what, Duration limit) {
    return new EngineFault(
        "the container engine at %s did not %s within %d s; see whether it hangs (docker ps) and restart it"
            .formatted(engine, what, limit.toSeconds()),
        null);
  }

  /** What came instead of an answer; exceptions that are no fault of the engine pass. */
  static RuntimeException of(URI engine, String what, RuntimeException broken) {
    IOException io = ioCause(broken);
    if (io == null
        || broken instanceof DockerException
        || broken instanceof TemporalFailure
        || broken instanceof ActivityCompletionException) {
      return broken;
    }
    return new EngineFault(
        "no container engine answers at %s (%s); %s".formatted(engine, io.getMessage(), fix(io)),
        broken);
  }

  private static String fix(IOException io) {
    return String.valueOf(io.getMessage()).contains("Permission denied")
        ? "give the worker's user access to it"
        : "start Docker or correct the engine's address in the worker's settings";
  }

  private static @Nullable IOException ioCause(@Nullable Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof IOException io) {
        return io;
      }
    }
    return null;
  }
}
