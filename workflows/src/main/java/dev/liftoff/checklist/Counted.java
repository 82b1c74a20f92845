package dev.liftoff.checklist;

/** An item as the score sees it. */
public record Counted(String id, String area, int weight, boolean critical, Standing standing) {

  boolean isOpen() {
    return standing == Standing.OPEN;
  }

  boolean counts() {
    return !standing.isLeftOut();
  }

  /**
   * A critical item is not passed over: it passes, or is accepted or left out by two people, who
   * are named.
   */
  boolean blocks() {
    return critical && (isOpen() || standing == Standing.SAID_NOT_APPLICABLE);
  }
}
