package dev.liftoff.activities.probe;

import dev.liftoff.probe.WarmUp;
import dev.liftoff.probe.Warmed;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Safe requests straight at a container, a few at a time. */
final class WarmUpRun {
  static final int ABREAST = 16;

  private final OkHttpClient http;
  private final List<@Nullable Request> paths;
  private final int requests;
  private final double[] millis;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  WarmUpRun(OkHttpClient http, URI address, WarmUp warmUp) {
    this.http = http;
    this.paths = warmUp.paths().stream().map(path -> request(address + path)).toList();
    this.requests = warmUp.paths().isEmpty() ? 0 : warmUp.requests();
    this.millis = new double[requests];
  }

  /** How many requests were begun. */
  int started() {
    return Math.min(next.get(), requests);
  }

  Warmed warm() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int count = 0; count < Math.min(ABREAST, requests); count++) {
      // For so many short calls these take two thirds of the time of virtual threads.
      threads.add(Thread.ofPlatform().daemon().name("warm-up").start(this::work));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } finally {
      threads.forEach(Thread::interrupt);
    }
    return new Warmed(requests, failed.get(), p95OfTheLastTenth());
  }

  private void work() {
    for (int index = next.getAndIncrement();
        index < requests && !Thread.currentThread().isInterrupted();
        index = next.getAndIncrement()) {
      long start = System.nanoTime();
      if (!answers(paths.get(index % paths.size()))) {
        failed.incrementAndGet();
      }
      millis[index] = (System.nanoTime() - start) / 1_000_000.0;
    }
  }

  private boolean answers(@Nullable Request request) {
    if (request == null) {
      return false;
    }
    try (Response response = http.newCall(request).execute()) {
      response.body().source().readAll(Okio.blackhole());
      return response.isSuccessful();
    } catch (IOException unanswered) {
      return false;
    }
  }

  /** Null for what cannot be asked: it counts as failed. */
  private static @Nullable Request request(String url) {
    HttpUrl parsed = HttpUrl.parse(url);
    return parsed == null ? null : new Request.Builder().url(parsed).build();
  }

  private double p95OfTheLastTenth() {
    int size = (requests + 9) / 10;
    double[] last = Arrays.copyOfRange(millis, requests - size, requests);
    Arrays.sort(last);
    return size == 0 ? 0 : last[(int) Math.ceil(0.95 * size) - 1];
  }
}
