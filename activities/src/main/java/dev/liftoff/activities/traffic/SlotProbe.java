package dev.liftoff.activities.traffic;

import dev.liftoff.FailureType;
import dev.liftoff.container.Slot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks a slot through the real proxy, on the way that its requests will take. */
final class SlotProbe {
  private static final String HEADER = "X-Slot";
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What has less says only that it had no time, in the place of what was seen before. */
  private static final Duration SHORTEST_ASK = Duration.ofMillis(100);

  private final URI address;
  private final Duration limit;
  private final OkHttpClient client;

  SlotProbe(URI address, Duration limit) {
    this.address = address;
    this.limit = limit;
    this.client = new OkHttpClient.Builder().followRedirects(false).build();
  }

  /** Returns when the slot has answered 200; refuses when it has not within the limit. */
  void require(Slot slot) {
    long deadline = System.nanoTime() + limit.toNanos();
    Optional<String> complaint = ask(slot, deadline);
    while (complaint.isPresent()
        && deadline - System.nanoTime() > PAUSE.plus(SHORTEST_ASK).toNanos()) {
      pause();
      complaint = ask(slot, deadline);
    }
    complaint.ifPresent(reason -> {
      throw FailureType.TRAFFIC_REFUSED.permanent(
          "%s does not serve through the proxy: %s (asked for %d ms); no traffic was moved"
              .formatted(slot, reason, limit.toMillis()));
    });
  }

  private Optional<String> ask(Slot slot, long deadline) {
    Request request =
        new Request.Builder().url(address.toString()).header(HEADER, slot.word()).build();
    Call call = client.newCall(request);
    call.timeout().timeout(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      if (response.code() != 200) {
        return Optional.of("%s answers %d".formatted(address, response.code()));
      }
      return wrongSlot(slot, response.header(HEADER, "none"));
    } catch (IOException reason) {
      return Optional.of("%s: %s".formatted(address, reason.getMessage()));
    }
  }

  private Optional<String> wrongSlot(Slot asked, String answered) {
    return answered.equals(asked.word())
        ? Optional.empty()
        : Optional.of(
            "%s with the header %s: %s is answered by the slot '%s'; let the proxy obey this header"
                .formatted(address, HEADER, asked, answered));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException reason) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a slot was asked", reason);
    }
  }
}
