package dev.liftoff.plan;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant. */
final class Nearest {
  private Nearest() {}

  static String suggestion(String typed, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String word) -> distance(typed, word)))
        .filter(word -> distance(typed, word) <= Math.max(2, typed.length() / 3))
        .map(word -> "did you mean '" + word + "'?")
        .orElse("known are " + String.join(", ", known));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1))
                ? 0
                : 1;
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
