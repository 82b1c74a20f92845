package dev.liftoff.activities.database.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.database.LaunchFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path folder;
  private Ledger ledger;

  @BeforeEach
  void write() throws Exception {
    ledger = Ledger.of(new LaunchFolder(folder));
    ledger.append("begins", Map.of("version", "1"));
    ledger.append("applied", Map.of("scripts", List.of("V2__ä \"quoted\".sql")));
    ledger.append("migrated", Map.of("version", "2"));
  }

  @Test
  void aLedgerThatNobodyTouchedIsWhole() throws Exception {
    assertThat(ledger.check()).isEmpty();
    assertThat(ledger.events()).containsExactly("begins", "applied", "migrated");
  }

  @Test
  void everyByteThatIsFlippedIsFound() throws Exception {
    byte[] whole = Files.readAllBytes(ledger.file());
    for (int each = 0; each < whole.length; each++) {
      byte[] damaged = whole.clone();
      damaged[each] ^= 1;
      Files.write(ledger.file(), damaged);

      assertThat(ledger.check()).as("byte %d", each).isNotEmpty();
    }
  }

  @Test
  void aLineThatIsRemovedIsFound() throws Exception {
    List<String> lines = Files.readAllLines(ledger.file());
    Files.write(ledger.file(), List.of(lines.get(0), lines.get(2)));

    assertThat(ledger.check()).containsExactly("the line before line 2 was changed or removed");
  }

  @Test
  void halfALineOfAWriterThatDiedIsNoPartOfIt() throws Exception {
    Files.writeString(ledger.file(), "{\"at\":\"2026-", StandardOpenOption.APPEND);

    ledger.append("migration begins", Map.of());

    assertThat(ledger.check()).isEmpty();
    assertThat(ledger.events()).hasSize(4);
  }
}
