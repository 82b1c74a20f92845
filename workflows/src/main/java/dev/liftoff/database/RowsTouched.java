package dev.liftoff.database;

/** Rows of one table that a migration inserted, updated and deleted. */
public record RowsTouched(long inserted, long updated, long deleted) {

  public RowsTouched plus(RowsTouched more) {
    return new RowsTouched(
        inserted + more.inserted, updated + more.updated, deleted + more.deleted);
  }

  /** Such as {@code +500 ~100 -50}, without what is zero. */
  @Override
  public String toString() {
    String text = part("+", inserted) + part("~", updated) + part("-", deleted);
    return text.isEmpty() ? "+0" : text.strip();
  }

  private static String part(String sign, long rows) {
    return rows == 0 ? "" : sign + rows + " ";
  }
}
