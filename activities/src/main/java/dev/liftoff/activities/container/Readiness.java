package dev.liftoff.activities.container;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Ready means HTTP 200: a port that accepts says nothing about the application behind it. */
final class Readiness {
  private static final int OK = 200;

  private final OkHttpClient http;

  Readiness(Duration probeLimit) {
    this.http =
        new OkHttpClient.Builder()
            .callTimeout(probeLimit)
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .retryOnConnectionFailure(false)
            .build();
  }

  /** Why it is not ready; empty when it is. */
  Optional<String> missing(URI path) {
    // A connection that is kept would lead to the container that had the address before.
    Request request =
        new Request.Builder().url(path.toString()).header("Connection", "close").build();
    try (Response response = http.newCall(request).execute()) {
      return response.code() == OK ? Optional.empty() : Optional.of("answers " + response.code());
    } catch (IOException silent) {
      return Optional.of("does not answer: " + silent.getMessage());
    }
  }
}
