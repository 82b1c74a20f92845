package dev.liftoff.activities.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Slack, PagerDuty, Statuspage, Grafana and a sink for events in one: they keep what they are told,
 * as their references say, and fail by a script.
 */
final class FakeSaas implements AutoCloseable {
  /** What happens to the next request. */
  enum Fault {
    NONE,
    /** Taken, and the connection is cut before the answer. */
    COMMIT_THEN_RESET,
    /** Cut before anything was taken. */
    RESET,
    ERROR_500,
    /** 429 with Retry-After of a second. */
    WAIT_1,
    /** 429 with Retry-After of half a minute. */
    WAIT_30,
    /** Statuspage's own. */
    CALM_420,
    REFUSED_400,
    UNAUTHORIZED_401,
    GARBAGE,
    /** Slack's way to say no. */
    NOT_OK,
    SLOW
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Map<String, ObjectNode> slack = new LinkedHashMap<>();
  private final Map<String, String> alerts = new LinkedHashMap<>();
  private final List<String> triggers = new CopyOnWriteArrayList<>();
  private final Map<String, ObjectNode> incidents = new LinkedHashMap<>();
  private final Map<String, ObjectNode> annotations = new LinkedHashMap<>();
  private final Map<String, JsonNode> events = new LinkedHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private boolean historyForbidden;
  private int numbers;

  FakeSaas() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** In this order; what comes after is answered. */
  synchronized void failing(Fault... next) {
    faults.clear();
    faults.addAll(List.of(next));
  }

  synchronized void failingAlways(Fault fault, int times) {
    faults.clear();
    for (int time = 0; time < times; time++) {
      faults.add(fault);
    }
  }

  synchronized void forbidHistory() {
    historyForbidden = true;
  }

  synchronized List<ObjectNode> slackMessages() {
    return List.copyOf(slack.values());
  }

  /** The state of each alert by its key. */
  synchronized Map<String, String> alerts() {
    return new LinkedHashMap<>(alerts);
  }

  /** How often somebody was paged: a trigger for an open alert pages nobody. */
  List<String> pages() {
    return triggers;
  }

  synchronized List<ObjectNode> incidents() {
    return List.copyOf(incidents.values());
  }

  synchronized List<ObjectNode> annotations() {
    return List.copyOf(annotations.values());
  }

  /** Without those whose source and id were there already. */
  synchronized List<JsonNode> events() {
    return List.copyOf(events.values());
  }

  /** Every request that came, with its method, path and body. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path + "\n" + body);
    Fault fault = next();
    try (exchange) {
      switch (fault) {
        case NONE ->
            answer(
                exchange, path.startsWith("/pagerduty") ? 202 : 200, reply(exchange, path, body));
        case COMMIT_THEN_RESET -> reply(exchange, path, body);
        case RESET -> {}
        case ERROR_500 -> answer(exchange, 500, "oops");
        case WAIT_1 -> refuse(exchange, 429, "1");
        case WAIT_30 -> refuse(exchange, 429, "30");
        case CALM_420 -> refuse(exchange, 420, "1");
        case REFUSED_400 -> answer(exchange, 400, "{\"status\":\"invalid event\"}");
        case UNAUTHORIZED_401 -> answer(exchange, 401, "{\"message\":\"Unauthorized\"}");
        case GARBAGE -> answer(exchange, 200, "<html>Please log in</html>");
        case NOT_OK -> answer(exchange, 200, "{\"ok\":false,\"error\":\"channel_not_found\"}");
        case SLOW -> over.await();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Fault next() {
    return faults.isEmpty() ? Fault.NONE : faults.removeFirst();
  }

  private static void refuse(HttpExchange exchange, int code, String seconds) throws IOException {
    exchange.getResponseHeaders().add("Retry-After", seconds);
    answer(exchange, code, "{\"ok\":false,\"error\":\"ratelimited\"}");
  }

  private static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private synchronized String reply(HttpExchange exchange, String path, String body)
      throws IOException {
    JsonNode json = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
    if (path.startsWith("/slack/")) {
      return slack(path.substring(path.lastIndexOf('/') + 1), json);
    }
    if (path.startsWith("/pagerduty/")) {
      return pagerDuty(path, json);
    }
    if (path.startsWith("/statuspage/")) {
      return statuspage(exchange.getRequestMethod(), path, json);
    }
    if (path.startsWith("/grafana/")) {
      return grafana(exchange, json);
    }
    events.putIfAbsent(
        json.path("source").asText() + json.path("id").asText() + json.path("key").asText(), json);
    return "{}";
  }

  private String slack(String method, JsonNode json) {
    ObjectNode answer = JSON.createObjectNode().put("ok", true);
    switch (method) {
      case "chat.postMessage" -> {
        String ts = "1700000000.%06d".formatted(++numbers);
        slack.put(ts, ((ObjectNode) json.deepCopy()).put("ts", ts));
        answer.put("ts", ts);
      }
      case "chat.update" -> {
        String ts = json.path("ts").asText();
        if (!slack.containsKey(ts)) {
          return answer.put("ok", false).put("error", "message_not_found").toString();
        }
        ObjectNode updated = json.deepCopy();
        // Slack keeps what an update does not name.
        updated.set("metadata", slack.get(ts).path("metadata"));
        slack.put(ts, updated);
        answer.put("ts", ts);
      }
      case "conversations.history" -> {
        if (historyForbidden) {
          return answer.put("ok", false).put("error", "missing_scope").toString();
        }
        ArrayNode messages = answer.putArray("messages");
        slack.values().forEach(messages::add);
      }
      case "auth.test" -> answer.put("user", "liftoff").put("team", "Acme");
      default -> answer.put("ok", false).put("error", "unknown_method");
    }
    return answer.toString();
  }

  private String pagerDuty(String path, JsonNode json) {
    if (path.endsWith("/change/enqueue")) {
      events.put("change-" + ++numbers, json);
      return "{\"status\":\"success\"}";
    }
    String key = json.path("dedup_key").asText();
    switch (json.path("event_action").asText()) {
      case "trigger" -> {
        if (!"open".equals(alerts.put(key, "open"))) {
          triggers.add(key);
        }
      }
      case "resolve" -> alerts.computeIfPresent(key, (_, _) -> "resolved");
      default -> throw new AssertionError(json.toString());
    }
    return "{\"status\":\"success\",\"dedup_key\":\"" + key + "\"}";
  }

  private String statuspage(String method, String path, JsonNode json) {
    return switch (method) {
      case "GET" -> {
        ArrayNode all = JSON.createArrayNode();
        incidents.values().forEach(all::add);
        yield all.toString();
      }
      case "POST" -> {
        String id = "i" + ++numbers;
        incidents.put(id, ((ObjectNode) json.path("incident").deepCopy()).put("id", id));
        yield incidents.get(id).toString();
      }
      default -> {
        ObjectNode incident = incidents.get(path.substring(path.lastIndexOf('/') + 1));
        incident.put("updates", incident.path("updates").asInt() + 1);
        incident.setAll((ObjectNode) json.path("incident"));
        yield incident.toString();
      }
    };
  }

  private String grafana(HttpExchange exchange, JsonNode json) {
    if (exchange.getRequestMethod().equals("GET")) {
      String tag = exchange.getRequestURI().getQuery().replaceFirst("^tags=", "");
      ArrayNode found = JSON.createArrayNode();
      annotations.values().stream()
          .filter(known -> known.path("tags").toString().contains("\"" + tag + "\""))
          .forEach(found::add);
      return found.toString();
    }
    int id = ++numbers;
    annotations.put(String.valueOf(id), ((ObjectNode) json.deepCopy()).put("id", id));
    return "{\"message\":\"Annotation added\",\"id\":" + id + "}";
  }
}
