package dev.liftoff.activities.database.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules that need the whole file: what is alone in it, and what is new in it. */
final class FileRules {
  private static final Pattern CALLBACK =
      Pattern.compile("(?:.*/)?(?:before|after)[A-Z]\\w*\\.sql");
  private static final Pattern NOT_IN_TRANSACTION =
      Pattern.compile("(?im)^\\s*executeInTransaction\\s*=\\s*false\\s*$");

  private final String file;
  private final List<SqlStatement> statements;
  private final boolean outsideTransaction;
  private final Set<String> newTables;
  private final List<Finding> findings = new ArrayList<>();

  private FileRules(String file, List<SqlStatement> statements, String configuration) {
    this.file = file;
    this.statements = statements;
    this.outsideTransaction = NOT_IN_TRANSACTION.matcher(configuration).find();
    this.newTables =
        statements.stream()
            .filter(s -> s.starts("CREATE") && !s.starts("CREATE", "INDEX"))
            .map(s -> s.nameAfter("TABLE"))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
  }

  /**
   * @param configuration text of the file's {@code .conf}; empty without one
   */
  static List<Finding> findings(String file, List<SqlStatement> statements, String configuration) {
    FileRules rules = new FileRules(file, statements, configuration);
    statements.forEach(rules::read);
    rules.readTogether();
    return List.copyOf(rules.findings);
  }

  static boolean isCallback(String file) {
    return CALLBACK.matcher(file).matches();
  }

  private void read(SqlStatement s) {
    boolean concurrently = s.has("CONCURRENTLY");
    if (isConcurrentIndex(s) && statements.size() > 1) {
      add(Rule.CONCURRENT_INDEX_NOT_ALONE, s);
    }
    if (StatementRules.createsIndex(s) && !concurrently && isOld(s.nameAfter("ON"))) {
      add(Rule.INDEX_NOT_CONCURRENT, s);
    }
    if (needsConfiguration(s) && !outsideTransaction) {
      add(Rule.REINDEX_CONCURRENTLY_WITHOUT_CONF, s);
    }
    if (s.starts("ALTER", "TABLE") && s.has("ADD") && isOld(s.nameAfter("TABLE"))) {
      readConstraints(s);
    }
    if (refers(s) && !isIndexed(s.nameAfter("TABLE"))) {
      add(Rule.FOREIGN_KEY_WITHOUT_INDEX, s);
    }
  }

  private void readConstraints(SqlStatement s) {
    boolean checked = s.has("CHECK") || s.has("FOREIGN", "KEY") || s.has("REFERENCES");
    if (checked && !s.has("NOT", "VALID")) {
      add(Rule.CONSTRAINT_VALIDATED_AT_ONCE, s);
    }
    boolean unique = s.has("UNIQUE") || s.has("PRIMARY", "KEY") || s.has("EXCLUDE");
    if (unique && !s.has("USING", "INDEX")) {
      add(Rule.UNIQUE_WITHOUT_INDEX, s);
    }
  }

  private void readTogether() {
    List<SqlStatement> schema = statements.stream().filter(this::changesOldSchema).toList();
    List<SqlStatement> rows = statements.stream().filter(this::changesOldRows).toList();
    if (!schema.isEmpty() && !rows.isEmpty()) {
      add(Rule.DDL_AND_DML, rows.getFirst());
    }
    Set<String> locked = new TreeSet<>();
    for (SqlStatement each : schema) {
      locked.add(each.starts("ALTER", "TABLE") ? each.nameAfter("TABLE") : each.nameAfter("ON"));
      if (locked.size() > 1) {
        add(Rule.SEVERAL_TABLES_LOCKED, each);
        break;
      }
    }
    if (isCallback(file)) {
      findings.add(new Finding(Rule.SQL_CALLBACK, file, 1));
    }
  }

  private boolean changesOldSchema(SqlStatement s) {
    return (s.starts("ALTER", "TABLE") && isOld(s.nameAfter("TABLE")))
        || (StatementRules.createsIndex(s) && isOld(s.nameAfter("ON")));
  }

  private boolean changesOldRows(SqlStatement s) {
    return (s.starts("INSERT") && isOld(s.nameAfter("INTO")))
        || (s.starts("UPDATE") && isOld(s.nameAfter("UPDATE")))
        || (s.starts("DELETE") && isOld(s.nameAfter("FROM")));
  }

  private static boolean isConcurrentIndex(SqlStatement s) {
    return s.has("CONCURRENTLY") && (StatementRules.createsIndex(s) || s.starts("DROP", "INDEX"));
  }

  private static boolean needsConfiguration(SqlStatement s) {
    return (s.starts("REINDEX") && s.has("CONCURRENTLY"))
        || (s.has("DETACH", "PARTITION") && s.has("CONCURRENTLY"));
  }

  private static boolean refers(SqlStatement s) {
    return s.has("REFERENCES") && (s.starts("CREATE", "TABLE") || s.starts("ALTER", "TABLE"));
  }

  private boolean isIndexed(String table) {
    return statements.stream()
        .anyMatch(s -> StatementRules.createsIndex(s) && s.nameAfter("ON").equals(table));
  }

  private boolean isOld(String table) {
    return !newTables.contains(table);
  }

  private void add(Rule rule, SqlStatement statement) {
    findings.add(new Finding(rule, file, statement.line()));
  }
}
