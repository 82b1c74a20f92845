package dev.liftoff.activities.database.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.compatibility.SqlError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMessagesTest {
  private final SqlTally tally = new SqlTally();
  private final ServerMessages messages = new ServerMessages(tally);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 64, 10_000})
  void piecesOfAnySizeAreReadTheSame(int size) {
    byte[] stream =
        joined(
            message('Z', "I"),
            message('D', "x".repeat(9_000)),
            message('C', "SELECT 1\0"),
            message('E', "SERROR\0C42703\0Mcolumn \"note\" does not exist\0\0"),
            message('C', "UPDATE 4\0"),
            message('Z', "I"));

    for (int at = 0; at < stream.length; at += size) {
      byte[] piece = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size));
      messages.read(piece, piece.length);
    }

    assertThat(tally.seen().connections()).isEqualTo(1);
    assertThat(tally.seen().statements()).isEqualTo(3);
    assertThat(tally.seen().rowsWritten()).isEqualTo(4);
    assertThat(tally.seen().errors())
        .containsExactly(new SqlError("42703", 1, "column \"note\" does not exist"));
  }

  @Test
  void anErrorLongerThanWhatIsKeptStillHasItsState() {
    read(message('E', "SERROR\0C23505\0M" + "x".repeat(100_000) + "\0\0"));
    read(message('C', "INSERT 0 1\0"));

    assertThat(tally.seen().errors()).extracting(SqlError::state).containsExactly("23505");
    assertThat(tally.seen().rowsWritten()).isEqualTo(1);
  }

  @Test
  void aLengthThatCannotBeIsNoticedAndReadNoFurther() {
    read(new byte[] {'E', -1, -1, -1, -1});
    read(message('E', "C42703\0Mcolumn\0\0"));

    assertThat(tally.seen().unreadable()).isEqualTo(1);
    assertThat(tally.seen().valid()).isFalse();
    assertThat(tally.seen().errors()).isEmpty();
  }

  @Test
  void messagesInOtherLanguagesLoseTheirValuesToo() {
    read(message('E', "C22P02\0Mungültige Eingabe für Typ integer: »geheim«\0\0"));
    read(message('E', "C22P03\0Msyntaxe en entrée invalide : « geheim »\0\0"));
    read(message('E', "C22P04\0Mнеправильно: \"geheim\0\0"));

    assertThat(tally.seen().toString()).doesNotContain("geheim");
  }

  @Test
  void namesInWhatDoesNotFitTheSchemaAreKept() {
    read(
        message(
            'E',
            "C23502\0Mnull value in column \"item\" of relation \"orders\" violates not-null constraint\0DFailing row contains (1, geheim).\0\0"));

    assertThat(tally.seen().errors().getFirst().example())
        .isEqualTo(
            "null value in column \"item\" of relation \"orders\" violates not-null constraint");
  }

  @Test
  void aQuotedTextThatIsNoNameIsNotKeptEvenThere() {
    read(message('E', "C23514\0Mwrong \"Anna Smith, 4 High Street\"\0\0"));

    assertThat(tally.seen().errors().getFirst().example()).isEqualTo("wrong \"…\"");
  }

  @Test
  void statesBeyondAFewHundredAreCountedByTheirClass() {
    for (int number = 0; number < 300; number++) {
      read(message('E', "C42%03d\0Many\0\0".formatted(number)));
    }

    assertThat(tally.seen().errors()).hasSize(257);
    assertThat(tally.seen().errors())
        .filteredOn(error -> error.state().equals("42***"))
        .singleElement()
        .satisfies(error -> {
          assertThat(error.count()).isEqualTo(44);
          assertThat(error.ofTheSchema()).isTrue();
        });
  }

  private void read(byte[] bytes) {
    messages.read(bytes, bytes.length);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] message(char type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(5 + bytes.length)
        .put((byte) type)
        .putInt(4 + bytes.length)
        .put(bytes)
        .array();
  }
}
