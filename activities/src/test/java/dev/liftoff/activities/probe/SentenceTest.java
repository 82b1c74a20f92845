package dev.liftoff.activities.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.liftoff.activities.Secrets;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private final Secrets secrets = new Secrets(Map.of("PASSWORD", "hunter2"));

  @Test
  void aSecretThatWasGivenOutIsMasked() {
    secrets.resolve(Probing.PASSWORD);

    assertThat(words("FATAL: hunter2 is wrong")).isEqualTo("FATAL: *** is wrong");
  }

  @Test
  void aPasswordThatSomebodyPutIntoAUrlIsMasked() {
    assertThat(words("cannot reach redis://me:s3cret@cache:6379"))
        .isEqualTo("cannot reach redis://***@cache:6379");
    assertThat(words("jdbc:postgresql://db/shop?user=a&password=s3cret&ssl=true"))
        .isEqualTo("jdbc:postgresql://db/shop?user=a&password=***&ssl=true");
  }

  @Test
  void itIsOneLineThatEnds() {
    assertThat(words("first\nsecond\t\u001b[31m")).isEqualTo("first second [31m");
    assertThat(words("x".repeat(5_000))).hasSize(301).endsWith("…");
  }

  @Test
  void theCauseIsTold() {
    assertThat(Sentence.of(secrets, new IOException("cannot connect", new IOException("refused"))))
        .isEqualTo("cannot connect: refused");
  }

  private String words(String text) {
    return Sentence.of(secrets, text);
  }
}
