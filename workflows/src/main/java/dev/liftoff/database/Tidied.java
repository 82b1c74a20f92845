package dev.liftoff.database;

import java.util.List;

/**
 * What became of the things that launches keep beside a database.
 *
 * @param removed one sentence for each that is gone
 * @param kept one sentence for each that stays, with the reason
 */
public record Tidied(List<String> removed, List<String> kept) {
  public Tidied {
    removed = List.copyOf(removed);
    kept = List.copyOf(kept);
  }
}
