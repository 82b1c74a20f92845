package dev.liftoff.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.Properties;

/** Orders and items in PostgreSQL. An order has the id its customer gave it, so repeating one is harmless. */
final class Orders {
  record Order(String id, int item, int quantity, String channel) {
    String json(boolean withChannel) {
      String channelPart = withChannel ? ",\"channel\":" + Json.quote(channel) : "";
      return "{\"id\":%s,\"item\":%d,\"quantity\":%d%s}".formatted(Json.quote(id), item, quantity, channelPart);
    }
  }

  private static final int CONNECTIONS = 8;

  private final boolean withChannel;
  private final Pool<Connection> pool;

  Orders(String url, String user, String password, boolean withChannel) {
    this.withChannel = withChannel;
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "shop");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "10");
    pool = new Pool<>(CONNECTIONS, () -> DriverManager.getConnection(url, properties), c -> c.isValid(1));
  }

  /** Whether the row is new. */
  boolean place(Order order) throws Exception {
    String sql =
        withChannel
            ? "insert into orders (id, item_id, quantity, channel) values (?, ?, ?, ?) on conflict (id) do nothing"
            : "insert into orders (id, item_id, quantity) values (?, ?, ?) on conflict (id) do nothing";
    return pool.use(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, order.id());
            insert.setInt(2, order.item());
            insert.setInt(3, order.quantity());
            if (withChannel) {
              insert.setString(4, order.channel());
            }
            return insert.executeUpdate() == 1;
          }
        });
  }

  Optional<Order> find(String id) throws Exception {
    String sql = "select item_id, quantity" + (withChannel ? ", channel" : "") + " from orders where id = ?";
    return pool.use(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, id);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
              return Optional.empty();
            }
            String channel = withChannel ? row.getString(3) : null;
            return Optional.of(new Order(id, row.getInt(1), row.getInt(2), channel == null ? "unknown" : channel));
          }
        });
  }

  String itemsAsJson() throws Exception {
    return pool.use(
        connection -> {
          StringBuilder json = new StringBuilder("[");
          try (PreparedStatement select =
              connection.prepareStatement("select id, name, price_cents from items order by id limit 20")) {
            for (ResultSet row = select.executeQuery(); row.next(); ) {
              json.append(json.length() > 1 ? "," : "")
                  .append("{\"id\":%d,\"name\":%s,\"price\":%d}".formatted(row.getInt(1), Json.quote(row.getString(2)), row.getInt(3)));
            }
          }
          return json.append("]").toString();
        });
  }

  /** Throws when the statements this version needs cannot run: also when the schema is older than the code. */
  void check() throws Exception {
    String columns = withChannel ? "id, item_id, quantity, channel" : "id, item_id, quantity";
    pool.use(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement("select " + columns + " from orders limit 1")) {
            select.setQueryTimeout(2);
            return select.executeQuery().next();
          }
        });
  }
}
