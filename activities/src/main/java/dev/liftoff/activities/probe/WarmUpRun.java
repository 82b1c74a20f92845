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

/** Safe requests straight at a container, a few at a time. */
final class WarmUpRun {
  static final int ABREAST = 16;

  private final OkHttpClient http;
  private final URI address;
  private final WarmUp warmUp;
  private final int requests;
  private final double[] millis;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  WarmUpRun(OkHttpClient http, URI address, WarmUp warmUp) {
    this.http = http;
    this.address = address;
    this.warmUp = warmUp;
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
      threads.add(Thread.ofVirtual().name("warm-up").start(this::work));
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
      if (!answers(warmUp.paths().get(index % warmUp.paths().size()))) {
        failed.incrementAndGet();
      }
      millis[index] = (System.nanoTime() - start) / 1_000_000.0;
    }
  }

  private boolean answers(String path) {
    try {
      HttpUrl url = HttpUrl.get(address.toString() + path);
      try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
        response.body().source().readAll(Okio.blackhole());
        return response.isSuccessful();
      }
    } catch (IOException | IllegalArgumentException unanswered) {
      return false;
    }
  }

  private double p95OfTheLastTenth() {
    int size = (requests + 9) / 10;
    double[] last = Arrays.copyOfRange(millis, requests - size, requests);
    Arrays.sort(last);
    return size == 0 ? 0 : last[(int) Math.ceil(0.95 * size) - 1];
  }
}
