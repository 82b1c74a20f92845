package dev.liftoff.activities.notify;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Requests to a service on the network: no redirect is followed, no answer read beyond its use. */
final class HttpService {
  static final MediaType JSON = MediaType.get("application/json");
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int TOO_MANY = 429;

  /** As Statuspage says it. */
  private static final int ENHANCE_YOUR_CALM = 420;

  private final OkHttpClient http =
      new OkHttpClient.Builder().followRedirects(false).retryOnConnectionFailure(false).build();

  /** What a service answered with a status of 200 to 299. */
  record Answer(int code, String body) {}

  /**
   * @throws NotSent when the service refuses, with the pause that it asks for
   * @throws IOException when no answer came; the request may have been taken
   */
  Answer call(Request request, Duration limit) throws NotSent, IOException {
    OkHttpClient limited = http.newBuilder().callTimeout(limit).build();
    try (Response response = answer(limited, request)) {
      int code = response.code();
      if (response.isSuccessful()) {
        return new Answer(code, response.peekBody(LONGEST_ANSWER).string().strip());
      }
      String why = "answered " + code;
      if (code == TOO_MANY || code == ENHANCE_YOUR_CALM) {
        throw NotSent.before(retryAfter(response), why);
      }
      throw code >= 500 ? NotSent.now(why) : NotSent.ever(why);
    }
  }

  /** Who cannot prove who it is gets nothing, and may be somebody else. */
  private static Response answer(OkHttpClient http, Request request) throws NotSent, IOException {
    try {
      return http.newCall(request).execute();
    } catch (SSLException unproven) {
      Optional<String> why = Certificates.refusal(request.url().host(), unproven);
      if (why.isPresent()) {
        throw NotSent.ever(why.get());
      }
      throw unproven;
    }
  }

  static Request post(HttpUrl url, String json) {
    return new Request.Builder().url(url).post(RequestBody.create(json, JSON)).build();
  }

  private static Duration retryAfter(Response response) {
    String seconds = response.header("Retry-After", "1");
    return seconds != null && seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ofSeconds(1);
  }
}
