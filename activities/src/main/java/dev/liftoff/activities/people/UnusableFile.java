package dev.liftoff.activities.people;

/** Why the file of people cannot be believed, in one sentence. */
final class UnusableFile extends Exception {
  UnusableFile(String sentence) {
    super(sentence);
  }

  UnusableFile(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
