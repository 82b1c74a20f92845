package dev.liftoff.activities.people;

/** Why a proof does not hold, in one sentence. */
final class Unproven extends Exception {
  Unproven(String sentence) {
    super(sentence);
  }

  Unproven(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
