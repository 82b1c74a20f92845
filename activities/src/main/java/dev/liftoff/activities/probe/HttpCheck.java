package dev.liftoff.activities.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.liftoff.probe.Check;
import dev.liftoff.probe.Placeholders;
import dev.liftoff.probe.ProbeResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One request, and everything that its answer must be. */
record HttpCheck(Check.Http check, Placeholders placeholders, OkHttpClient http, Duration patience)
    implements Examination {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType DEFAULT_TYPE = MediaType.get("application/json");
  private static final long LONGEST = 1024 * 1024;
  private static final int LONGEST_VALUE = 80;

  @Override
  public String limit() {
    StringBuilder limit = new StringBuilder("status " + check.status());
    check.expect().forEach((pointer, text) -> limit.append(", " + pointer + " is " + text));
    return limit.append(", within " + check.limit().toMillis() + " ms").toString();
  }

  @Override
  public ProbeResult run() throws IOException {
    OkHttpClient patient = http.newBuilder().callTimeout(patience).readTimeout(patience).build();
    Request request = request();
    long start = System.nanoTime();
    try (Response response = patient.newCall(request).execute()) {
      BufferedSource body = response.body().source();
      boolean endless = body.request(LONGEST + 1);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      String value = "status %d in %d ms".formatted(response.code(), millis);
      List<String> wrong = endless ? List.of("more than 1 MB") : wrong(response, body, millis);
      return wrong.isEmpty()
          ? ProbeResult.pass(check.name(), value, limit())
          : ProbeResult.fail(check.name(), value + ", " + String.join(", ", wrong), limit());
    }
  }

  private List<String> wrong(Response response, BufferedSource body, long millis)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    if (response.code() != check.status()) {
      wrong.add("expected status " + check.status());
    }
    if (millis > check.limit().toMillis()) {
      wrong.add("slower than " + check.limit().toMillis() + " ms");
    }
    if (!check.expect().isEmpty()) {
      JsonNode json = json(body.readByteArray());
      check.expect().forEach((pointer, text) -> addUnless(json, pointer, text, wrong));
    }
    return wrong;
  }

  private static void addUnless(JsonNode json, String pointer, String text, List<String> wrong) {
    JsonNode found = json.at(pointer);
    if (found.isMissingNode()) {
      wrong.add(pointer + " is missing");
    } else if (!found.asText().equals(text)) {
      wrong.add(pointer + " is " + shortened(found.isValueNode() ? found.asText() : "no text"));
    }
  }

  private static JsonNode json(byte[] body) throws IOException {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException noJson) {
      return MissingNode.getInstance();
    }
  }

  private Request request() {
    Request.Builder request = new Request.Builder().url(placeholders.fill(check.url()));
    check.headers().forEach((name, value) -> request.header(name, placeholders.fill(value)));
    String method = check.method().toUpperCase(Locale.ROOT);
    return request.method(method, body(method)).build();
  }

  private @Nullable RequestBody body(String method) {
    String text = check.body();
    if (text == null && (method.equals("GET") || method.equals("HEAD"))) {
      return null;
    }
    return RequestBody.create(text == null ? "" : placeholders.fill(text), type());
  }

  private MediaType type() {
    String given =
        check.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    MediaType type = MediaType.parse(given);
    return type == null ? DEFAULT_TYPE : type;
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
  }
}
