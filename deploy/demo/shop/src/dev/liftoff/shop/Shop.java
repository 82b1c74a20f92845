package dev.liftoff.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The service that the demo launches: items to read, orders to place, PostgreSQL and Redis behind it. The image says which
 * version it is and what is wrong with it; the environment says where its database is.
 */
public final class Shop {
  private record Answer(int code, String type, String body) {
    static Answer json(int code, String body) {
      return new Answer(code, "application/json", body);
    }

    static Answer problem(int code, String sentence) {
      return json(code, "{\"error\":" + Json.quote(sentence) + "}");
    }
  }

  private static final String VERSION = setting("SHOP_VERSION", "dev");
  private static final Trouble TROUBLE = Trouble.of(setting("SHOP_BEHAVIOUR", "none"));
  private static final boolean WITH_CHANNEL = setting("SHOP_SCHEMA", "1").equals("2");
  private static final String SLOT = slot();
  private static final long LAME_DUCK_MS = 200;
  private static final long DRAIN_LIMIT_MS = 25_000;
  private static final int BACKLOG = 1024;

  private final Metrics metrics = new Metrics(VERSION);
  private final Orders orders;
  private final Pool<Redis> redis;
  private volatile boolean draining;

  private Shop(String password) {
    String url = setting("SHOP_DATABASE_URL", "jdbc:postgresql://postgres:5432/shop");
    orders = new Orders(url, setting("SHOP_DATABASE_USER", "shop"), password, WITH_CHANNEL);
    String[] address = setting("SHOP_REDIS", "redis:6379").split(":", 2);
    redis = new Pool<>(8, () -> new Redis(address[0], Integer.parseInt(address[1])), Redis::alive);
  }

  public static void main(String[] args) throws IOException {
    if (TROUBLE == Trouble.WONT_START) {
      fail("required setting payment.gateway.url is missing");
    }
    String password = System.getenv("SHOP_DATABASE_PASSWORD");
    if (password == null || password.isEmpty()) {
      fail("environment variable SHOP_DATABASE_PASSWORD is missing");
    }
    new Shop(password).serve(Integer.parseInt(setting("SHOP_PORT", "8080")));
  }

  private void serve(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server)));
    server.start();
    log("shop " + VERSION + " (" + SLOT + ") serves on port " + port);
  }

  /** Readiness says no, new requests are still served for a moment, those in flight are finished. */
  private void drain(HttpServer server) {
    draining = true;
    log("draining, " + metrics.inFlight.get() + " in flight");
    long limit = System.nanoTime() + DRAIN_LIMIT_MS * 1_000_000;
    sleep(LAME_DUCK_MS);
    while (metrics.inFlight.get() > 0 && System.nanoTime() < limit) {
      sleep(5);
    }
    server.stop(0);
    log("stopped, " + metrics.inFlight.get() + " cut off");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      switch (path) {
        case "/health/live" -> send(exchange, Answer.json(200, "{\"status\":\"live\"}"));
        case "/health/ready" -> send(exchange, ready());
        case "/metrics" -> send(exchange, new Answer(200, "text/plain; version=0.0.4", metrics.text()));
        default -> serveCustomer(exchange, path);
      }
    }
  }

  private void serveCustomer(HttpExchange exchange, String path) throws IOException {
    long began = System.nanoTime();
    String route = exchange.getRequestMethod() + " " + (path.startsWith("/orders/") ? "/orders/{id}" : path);
    Answer answer = null;
    metrics.inFlight.incrementAndGet();
    try {
      answer = answer(exchange, route, path);
      send(exchange, answer);
    } finally {
      metrics.inFlight.decrementAndGet();
      boolean known = answer != null && answer.code() != 404 && answer.code() != 405;
      metrics.record(known || route.endsWith("{id}") ? route : "GET other", answer == null ? 499 : answer.code(), System.nanoTime() - began);
    }
  }

  private Answer answer(HttpExchange exchange, String route, String path) {
    try {
      return switch (route) {
        case "GET /items" -> {
          String items = items(exchange);
          yield struck(exchange) ? broken() : Answer.json(200, items);
        }
        case "POST /orders" -> order(exchange);
        case "GET /orders/{id}" -> found(path.substring("/orders/".length()));
        case "GET /version" -> Answer.json(200, version());
        default -> Answer.problem(404, "there is nothing at " + path);
      };
    } catch (IllegalArgumentException malformed) {
      return Answer.problem(400, malformed.getMessage());
    } catch (Exception failed) {
      log("ERROR " + route + ": " + failed);
      return Answer.problem(500, "the shop could not do that");
    }
  }

  private boolean struck(HttpExchange exchange) throws InterruptedException {
    boolean proxied = exchange.getRequestHeaders().containsKey("X-Forwarded-For");
    boolean chosen = exchange.getRequestHeaders().containsKey("X-Slot");
    return TROUBLE.strikes(proxied && !chosen) && TROUBLE.fails();
  }

  private static Answer broken() {
    log("ERROR payment gateway answered 502");
    return Answer.problem(500, "the payment gateway does not answer");
  }

  private String items(HttpExchange exchange) throws Exception {
    String cacheKey = "items:" + VERSION;
    List<List<String>> commands = executed(exchange);
    commands.add(List.of("GET", cacheKey));
    String cached = redis.use(connection -> connection.send(commands)).getLast();
    if (cached != null) {
      return cached;
    }
    String items = orders.itemsAsJson();
    redis.use(connection -> connection.send(List.of(List.of("SET", cacheKey, items, "EX", "5"))));
    return items;
  }

  private Answer order(HttpExchange exchange) throws Exception {
    Map<String, String> body = Json.flatObject(new String(exchange.getRequestBody().readNBytes(10_000), StandardCharsets.UTF_8));
    String id = body.getOrDefault("id", "");
    if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("id must be 1 to 64 letters, digits, dots, dashes");
    }
    Orders.Order order =
        new Orders.Order(id, number(body, "item", 50), number(body, "quantity", 1000), body.getOrDefault("channel", "web"));
    List<List<String>> commands = executed(exchange);
    commands.add(List.of("INCR", "orders"));
    redis.use(connection -> connection.send(commands));
    if (struck(exchange)) {
      return broken();
    }
    return Answer.json(orders.place(order) ? 201 : 200, order.json(WITH_CHANNEL));
  }

  private static int number(Map<String, String> body, String key, int most) {
    String text = body.getOrDefault(key, "1");
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(key + " must be a number from 1 to " + most);
    }
    return Integer.parseInt(text);
  }

  private Answer found(String id) throws Exception {
    Optional<Orders.Order> order = orders.find(id);
    return order.map(o -> Answer.json(200, o.json(WITH_CHANNEL))).orElseGet(() -> Answer.problem(404, "no order " + id));
  }

  /**
   * A request of the load client is counted in Redis, where the count outlives the container: what it sent can then be
   * compared with what really ran, so that nothing lost and nothing run twice stays hidden.
   */
  private static List<List<String>> executed(HttpExchange exchange) {
    List<List<String>> commands = new ArrayList<>();
    String run = exchange.getRequestHeaders().getFirst("X-Load-Run");
    if (run != null) {
      commands.add(List.of("HINCRBY", "executed:" + run, SLOT + ":" + VERSION, "1"));
    }
    return commands;
  }

  private Answer ready() {
    if (draining) {
      return Answer.json(503, "{\"status\":\"draining\"}");
    }
    if (TROUBLE == Trouble.UNHEALTHY) {
      return Answer.json(503, "{\"status\":\"not ready\",\"payments\":\"no connection to the payment gateway\"}");
    }
    String database = outcome(orders::check);
    String cache = outcome(() -> redis.use(Redis::alive));
    boolean ready = database.equals("ok") && cache.equals("ok");
    return Answer.json(
        ready ? 200 : 503,
        "{\"status\":\"%s\",\"database\":%s,\"redis\":%s}".formatted(ready ? "ready" : "not ready", Json.quote(database), Json.quote(cache)));
  }

  private interface Step {
    void run() throws Exception;
  }

  private static String outcome(Step step) {
    try {
      step.run();
      return "ok";
    } catch (Exception failed) {
      return String.valueOf(failed.getMessage());
    }
  }

  private static String version() {
    return "{\"service\":\"shop\",\"version\":%s,\"slot\":%s}".formatted(Json.quote(VERSION), Json.quote(SLOT));
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("X-Slot", SLOT);
    exchange.getResponseHeaders().set("X-Version", VERSION);
    if (draining) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    exchange.sendResponseHeaders(answer.code(), bytes.length);
    // Closing flushes: the request counts as in flight until its last byte has left.
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  /** Told by the environment; else the address tells: the demo's network gives blue .11 and green .12. */
  private static String slot() {
    String told = setting("SHOP_SLOT", setting("LIFTOFF_SLOT", ""));
    if (!told.isEmpty()) {
      return told;
    }
    try {
      byte[] address = InetAddress.getLocalHost().getAddress();
      return switch (address[address.length - 1]) {
        case 11 -> "blue";
        case 12 -> "green";
        default -> "none";
      };
    } catch (IOException unknown) {
      return "none";
    }
  }

  private static String setting(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  private static void fail(String sentence) {
    System.err.println("ERROR shop " + VERSION + " cannot start: " + sentence);
    System.exit(1);
  }

  private static void log(String sentence) {
    System.out.println(sentence);
  }

  private static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
