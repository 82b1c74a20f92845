package dev.liftoff.activities.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who owns what and who may do what with it, as the rehearsal reads it too. */
public final class ObjectRights {
  private static final String SQL = sql();
  private static final String NOTHING = "nothing";

  private ObjectRights() {}

  public static Map<String, String> read(Connection connection) throws SQLException {
    Map<String, String> rights = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SQL)) {
      while (result.next()) {
        rights.put(result.getString(1), String.valueOf(result.getString(2)));
      }
    }
    return rights;
  }

  /**
   * One sentence for each right that changed and that no rehearsed change names; what is new may
   * have any.
   */
  public static List<String> surprises(
      Map<String, String> before, Map<String, String> after, List<String> rehearsed) {
    List<String> surprises = new ArrayList<>();
    TreeSet<String> subjects = new TreeSet<>(before.keySet());
    subjects.addAll(after.keySet());
    for (String subject : subjects) {
      String was = before.getOrDefault(subject, NOTHING);
      String is = after.getOrDefault(subject, NOTHING);
      boolean known =
          rehearsed.stream().anyMatch(change -> change.startsWith("changed " + subject.strip()));
      if (!was.equals(is) && !known && existed(subject, before) && existed(subject, after)) {
        surprises.add("%s was %s and is %s".formatted(subject.strip(), was, is));
      }
    }
    return surprises;
  }

  /** Everything has an owner. What is gone altogether is told by the fingerprint. */
  private static boolean existed(String subject, Map<String, String> rights) {
    if (!subject.startsWith("privilege ") || subject.startsWith("privilege new ")) {
      return subject.startsWith("privilege new ") || rights.containsKey(subject);
    }
    String name = subject.substring("privilege ".length(), subject.lastIndexOf(" for "));
    return rights.containsKey("owner " + name + " ");
  }

  private static String sql() {
    try (InputStream in =
        ObjectRights.class.getResourceAsStream(
            "/dev/liftoff/activities/database/rehearsal/rights.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
