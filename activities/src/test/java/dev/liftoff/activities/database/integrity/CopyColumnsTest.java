package dev.liftoff.activities.database.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyColumnsTest {
  @Test
  void theWantedColumnsStayAsTheyAreWritten() throws Exception {
    assertThat(of("1\tx\\ty\tzwei\n\\N\t\\\\\t\\.\n\\.\n\n\n", true, false, true))
        .isEqualTo("1\tzwei\n\\N\t\\.\n");
  }

  @Test
  void aWantedColumnMayBeTheLastOrTheOnlyOne() throws Exception {
    assertThat(of("a\tb\n\t\n\\.\n", false, true)).isEqualTo("b\n\n");
    assertThat(of("\\\\.\n\\.\n", true)).isEqualTo("\\\\.\n");
  }

  @Test
  void rowsThatEndWithoutTheirMarkAreRefused() {
    assertThatThrownBy(() -> of("1\tx\n2\t", true, false)).isInstanceOf(EOFException.class);
  }

  private static String of(String rows, Boolean... wanted) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CopyColumns(List.of(wanted))
        .project(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
