package dev.liftoff.activities.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.SqlText.NamedIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE users SET mail = 'secret' WHERE id = 1",
        "SELECT E'a\\'secret' FROM x",
        "SELECT 'a\\', 'secret'",
        "SELECT 'it''s secret'",
        "SELECT 'cut off in the middle of secret",
        "DO $body$ BEGIN secret; END $body$",
        "SELECT $$secret",
      })
  void whatTheValuesAreIsNotTold(String sql) {
    assertThat(SqlText.withoutLiterals(sql)).doesNotContain("secret").contains("?");
  }

  @Test
  void theRestOfAQueryStaysReadableAndShort() {
    assertThat(SqlText.withoutLiterals("SELECT *\n FROM \"Orders\" WHERE id = 17 AND t1.x = 2.5"))
        .isEqualTo("SELECT * FROM \"Orders\" WHERE id = ? AND t1.x = ?");
    assertThat(SqlText.withoutLiterals("SELECT " + "a, ".repeat(100))).hasSizeLessThan(125);
  }

  @Test
  void theIndexesThatAFileNamesAreFound() {
    String sql =
        """
        -- CREATE INDEX CONCURRENTLY commented ON orders (id);
        create unique index concurrently if not exists "Odd Name" on only shop.orders (item);
        CREATE INDEX CONCURRENTLY Plain ON "Orders" (item) WHERE item <> 'CREATE INDEX CONCURRENTLY quoted ON x (y)';
        CREATE INDEX CONCURRENTLY ON orders (item);
        CREATE INDEX ordinary ON orders (item);
        """;

    assertThat(SqlText.concurrentIndexes(sql))
        .containsExactly(
            new NamedIndex("Odd Name", "shop.orders"), new NamedIndex("plain", "\"Orders\""));
  }
}
