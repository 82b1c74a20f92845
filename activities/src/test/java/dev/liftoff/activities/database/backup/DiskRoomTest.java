package dev.liftoff.activities.database.backup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.liftoff.FailureType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
  @TempDir Path folder;

  @Test
  void aDumpThatFitsIsTaken() {
    assertThatCode(() -> DiskRoom.require("the dump", folder, 1)).doesNotThrowAnyException();
  }

  @Test
  void aDumpThatMayNotFitIsNotBegun() {
    assertThatThrownBy(() -> DiskRoom.require("the dump", folder, Long.MAX_VALUE))
        .hasMessageContaining(FailureType.BACKUP_FAILED.name())
        .hasMessageContaining("the dump may need")
        .hasMessageContaining(folder.toString());
  }
}
