package dev.liftoff.activities.database;

import dev.liftoff.FailureType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** Where a database is, without a word on who may enter it. */
record ServerAddress(String url, Properties parts) {

  /** Permanent, {@code DATABASE_REFUSED}, where the url is none or holds credentials. */
  static ServerAddress of(String url) {
    Properties parts = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
    if (parts == null) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database's url is not of the form jdbc:postgresql://host:port/name; correct it in the plan");
    }
    if (parts.containsKey("user") || parts.containsKey("password")) {
      throw FailureType.DATABASE_REFUSED.permanent(
          "the database's url holds credentials; name the user and a reference to the password in the plan instead");
    }
    return new ServerAddress(url, parts);
  }

  String database() {
    return parts.getProperty("PGDBNAME");
  }

  /** So its disk can be seen from here. */
  boolean isOnThisHost() throws IOException {
    InetAddress host = InetAddress.getByName(parts.getProperty("PGHOST").split(",", 2)[0]);
    return host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
  }

  /** As a tool's environment has it. */
  void putInto(Map<String, String> variables) {
    variables.put("PGHOST", parts.getProperty("PGHOST"));
    variables.put("PGPORT", parts.getProperty("PGPORT"));
    copy("sslmode", "PGSSLMODE", variables);
    copy("sslrootcert", "PGSSLROOTCERT", variables);
  }

  private void copy(String property, String variable, Map<String, String> variables) {
    String value = parts.getProperty(property);
    if (value != null) {
      variables.put(variable, value);
    }
  }
}
