package dev.liftoff.activities.database.rehearsal;

import static java.util.Map.entry;

import dev.liftoff.activities.database.rehearsal.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The rules that one statement can break by itself. */
final class StatementRules {
  private static final Set<String> NOT_A_COLUMN =
      Set.of("CONSTRAINT", "DEFAULT", "NOT", "EXPRESSION", "IDENTITY");
  private static final Set<String> ROLES = Set.of("ROLE", "USER", "GROUP");
  private static final Set<String> SERVER_WIDE = Set.of("TABLESPACE", "SUBSCRIPTION", "DATABASE");
  private static final Set<String> VOLATILE =
      Set.of(
          "RANDOM",
          "GEN_RANDOM_UUID",
          "UUID_GENERATE_V1",
          "UUID_GENERATE_V4",
          "CLOCK_TIMESTAMP",
          "TIMEOFDAY",
          "NEXTVAL");
  private static final Set<String> SERIAL =
      Set.of("SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL2", "SERIAL4", "SERIAL8");
  private static final Set<String> FILES =
      Set.of(
          "PG_READ_FILE",
          "PG_READ_BINARY_FILE",
          "PG_LS_DIR",
          "LO_IMPORT",
          "LO_EXPORT",
          "PG_FILE_WRITE");
  private static final Set<String> SERVER_FUNCTIONS =
      Set.of(
          "DBLINK",
          "DBLINK_EXEC",
          "DBLINK_CONNECT",
          "PG_TERMINATE_BACKEND",
          "PG_CANCEL_BACKEND",
          "PG_RELOAD_CONF",
          "PG_CREATE_LOGICAL_REPLICATION_SLOT",
          "PG_CREATE_PHYSICAL_REPLICATION_SLOT",
          "PG_DROP_REPLICATION_SLOT");
  private static final int MOST_COLUMNS = 3;

  private static final Map<Rule, Predicate<SqlStatement>> RULES =
      Map.ofEntries(
          entry(
              Rule.DROP_TABLE,
              s -> s.starts("DROP", "TABLE") || s.starts("DROP", "FOREIGN", "TABLE")),
          entry(Rule.DROP_COLUMN, StatementRules::dropsColumn),
          entry(Rule.DROP_SCHEMA, s -> s.starts("DROP", "SCHEMA")),
          entry(Rule.DROP_OWNED, s -> s.starts("DROP", "OWNED")),
          entry(Rule.TRUNCATE, s -> s.starts("TRUNCATE")),
          entry(Rule.DELETE_WITHOUT_WHERE, StatementRules::deletesAll),
          entry(Rule.UPDATE_WITHOUT_WHERE, StatementRules::updatesAll),
          entry(Rule.RENAME, StatementRules::renames),
          entry(Rule.RENAME_ENUM_VALUE, s -> s.starts("ALTER", "TYPE") && s.has("RENAME", "VALUE")),
          entry(Rule.VACUUM_FULL, s -> s.starts("VACUUM") && s.has("FULL")),
          entry(Rule.CLUSTER, s -> s.starts("CLUSTER")),
          entry(Rule.LOCK_TABLE, s -> s.starts("LOCK")),
          entry(Rule.DISABLE_TRIGGER, s -> s.starts("ALTER") && s.has("DISABLE", "TRIGGER")),
          entry(Rule.CASCADE, StatementRules::cascades),
          entry(
              Rule.CONCURRENT_INDEX_IF_NOT_EXISTS,
              s -> createsIndex(s) && s.has("CONCURRENTLY", "IF", "NOT", "EXISTS")),
          entry(
              Rule.SESSION_REPLICATION_ROLE,
              s ->
                  (s.starts("SET") && s.has("SESSION_REPLICATION_ROLE"))
                      || s.hasText("session_replication_role")),
          entry(Rule.TRANSACTION_CONTROL, StatementRules::controlsTransaction),
          entry(Rule.DROP_DATABASE, s -> s.starts("DROP", "DATABASE")),
          entry(Rule.OUTSIDE_DATABASE, StatementRules::reachesOutside),
          entry(Rule.ALTER_SYSTEM, s -> s.starts("ALTER", "SYSTEM")),
          entry(Rule.COPY_PROGRAM, s -> copiesFiles(s) || s.calls(FILES)),
          entry(Rule.DROP_ROLE, s -> onRole(s, "DROP")),
          entry(Rule.ALTER_ROLE, s -> onRole(s, "ALTER")),
          entry(Rule.SET_NOT_NULL, s -> s.starts("ALTER", "TABLE") && s.has("SET", "NOT", "NULL")),
          entry(Rule.VOLATILE_DEFAULT, s -> addsColumn(s) && s.has("DEFAULT") && s.calls(VOLATILE)),
          entry(Rule.STORED_GENERATED, s -> addsColumn(s) && s.has("GENERATED") && s.has("STORED")),
          entry(Rule.SERIAL_COLUMN, StatementRules::addsSerial),
          entry(
              Rule.TYPE_CHANGE,
              s -> s.starts("ALTER", "TABLE") && (s.has("SET", "DATA", "TYPE") || changesType(s))),
          entry(Rule.JSON_COLUMN, StatementRules::addsJson),
          entry(Rule.WIDE_INDEX, StatementRules::isWide),
          entry(
              Rule.SEARCH_PATH,
              s -> (s.starts("SET") && s.has("SEARCH_PATH")) || s.hasText("search_path")),
          entry(Rule.DYNAMIC_SQL, s -> s.inBlock() && s.starts("EXECUTE")));

  private StatementRules() {}

  /** In the order of the rules. */
  static List<Rule> broken(SqlStatement statement) {
    return RULES.entrySet().stream()
        .filter(rule -> rule.getValue().test(statement))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  static boolean createsIndex(SqlStatement s) {
    return s.starts("CREATE", "INDEX") || s.starts("CREATE", "UNIQUE", "INDEX");
  }

  static boolean addsColumn(SqlStatement s) {
    if (!s.starts("ALTER", "TABLE")) {
      return false;
    }
    for (int i = s.find(0, "ADD"); i >= 0; i = s.find(i + 1, "ADD")) {
      boolean other =
          s.at(i, "ADD", "CONSTRAINT")
              || s.at(i, "ADD", "CHECK")
              || s.at(i, "ADD", "FOREIGN")
              || s.at(i, "ADD", "UNIQUE")
              || s.at(i, "ADD", "PRIMARY")
              || s.at(i, "ADD", "EXCLUDE")
              || s.at(i, "ADD", "GENERATED");
      if (!other) {
        return true;
      }
    }
    return false;
  }

  private static boolean dropsColumn(SqlStatement s) {
    if (!s.starts("ALTER", "TABLE")) {
      return false;
    }
    List<Token> tokens = s.tokens();
    for (int i = s.find(0, "DROP"); i >= 0 && i + 1 < tokens.size(); i = s.find(i + 1, "DROP")) {
      Token next = tokens.get(i + 1);
      if (next.kind() == Kind.IDENTIFIER || !NOT_A_COLUMN.contains(next.text())) {
        return true;
      }
    }
    return false;
  }

  private static boolean deletesAll(SqlStatement s) {
    for (int i = s.find(0, "DELETE", "FROM"); i >= 0; i = s.find(i + 1, "DELETE", "FROM")) {
      if (!s.hasBesides(i, "WHERE")) {
        return true;
      }
    }
    return false;
  }

  /** Not the UPDATE of a trigger, a lock, a right or a conflict. */
  private static boolean updatesAll(SqlStatement s) {
    for (int i = s.find(0, "UPDATE"); i >= 0; i = s.find(i + 1, "UPDATE")) {
      boolean begins = i == 0 || s.at(i - 1, "(") || s.at(i - 1, ")");
      if (begins && s.hasBesides(i, "SET") && !s.hasBesides(i, "WHERE")) {
        return true;
      }
    }
    return false;
  }

  /** An index and a constraint have names that no query says. */
  private static boolean renames(SqlStatement s) {
    return s.starts("ALTER")
        && s.has("RENAME")
        && !s.has("RENAME", "VALUE")
        && !s.has("RENAME", "CONSTRAINT")
        && !s.starts("ALTER", "INDEX");
  }

  private static boolean cascades(SqlStatement s) {
    if (!s.starts("DROP") && !s.starts("ALTER") && !s.starts("TRUNCATE") && !s.starts("REVOKE")) {
      return false;
    }
    for (int i = s.find(0, "CASCADE"); i > 0; i = s.find(i + 1, "CASCADE")) {
      if (!s.at(i - 1, "DELETE") && !s.at(i - 1, "UPDATE")) {
        return true;
      }
    }
    return false;
  }

  private static boolean controlsTransaction(SqlStatement s) {
    return !s.inBlock()
        && (s.starts("BEGIN")
            || s.starts("START", "TRANSACTION")
            || s.starts("COMMIT")
            || s.starts("END")
            || s.starts("ABORT")
            || (s.starts("ROLLBACK") && !s.has("TO"))
            || s.starts("PREPARE", "TRANSACTION"));
  }

  private static boolean onRole(SqlStatement s, String verb) {
    return s.starts(verb)
        && s.tokens().size() > 1
        && ROLES.contains(s.tokens().get(1).text())
        && !s.has("USER", "MAPPING");
  }

  private static boolean reachesOutside(SqlStatement s) {
    boolean object =
        (s.starts("CREATE") || s.starts("ALTER") || s.starts("DROP"))
            && !s.starts("DROP", "DATABASE")
            && s.tokens().size() > 1
            && SERVER_WIDE.contains(s.tokens().get(1).text());
    boolean membership = (s.starts("GRANT") || s.starts("REVOKE")) && !s.has("ON");
    boolean comment = s.starts("COMMENT", "ON", "DATABASE") || s.starts("COMMENT", "ON", "ROLE");
    return object
        || membership
        || comment
        || onRole(s, "CREATE")
        || s.starts("REASSIGN", "OWNED")
        || s.calls(SERVER_FUNCTIONS);
  }

  private static boolean copiesFiles(SqlStatement s) {
    if (!s.starts("COPY")) {
      return false;
    }
    for (int i = 1; i < s.tokens().size(); i++) {
      boolean direction = s.at(i - 1, "FROM") || s.at(i - 1, "TO");
      if (direction && (s.at(i, "PROGRAM") || s.tokens().get(i).kind() == Kind.STRING)) {
        return true;
      }
    }
    return false;
  }

  private static boolean addsSerial(SqlStatement s) {
    return addsColumn(s)
        && (s.has("AS", "IDENTITY")
            || s.tokens().stream()
                .anyMatch(token -> token.kind() == Kind.WORD && SERIAL.contains(token.text())));
  }

  private static boolean changesType(SqlStatement s) {
    int type = s.find(0, "TYPE");
    return type > 1 && (s.at(type - 2, "COLUMN") || s.at(type - 2, "ALTER"));
  }

  private static boolean addsJson(SqlStatement s) {
    if (!s.starts("CREATE", "TABLE") && !addsColumn(s)) {
      return false;
    }
    for (int i = s.find(0, "JSON"); i > 0; i = s.find(i + 1, "JSON")) {
      boolean type = s.tokens().get(i - 1).isName() && !s.at(i + 1, "(");
      if (type) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWide(SqlStatement s) {
    if (!createsIndex(s)) {
      return false;
    }
    int open = s.find(0, "(");
    long commas =
        s.tokens().stream()
            .skip(open + 1L)
            .takeWhile(token -> token.depth() > 0)
            .filter(token -> token.depth() == 1 && token.is(","))
            .count();
    return open > 0 && commas >= MOST_COLUMNS;
  }
}
