package dev.liftoff.activities.notify;

import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Routing;
import dev.liftoff.notify.Told;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether whoever must be woken was. */
final class Paging {
  private Paging() {}

  /** Why nobody was paged; null where nobody had to be, somebody was, or another try may help. */
  static @Nullable String failure(
      Announcement announcement, List<Channel> hearing, List<Told> told) {
    Routing routing = announcement.routing();
    if (!announcement.occasion().pages()
        || routing == null
        || !routing.kinds().contains(ChannelKind.PAGER)) {
      return null;
    }
    List<Told> pages = new ArrayList<>();
    for (int index = 0; index < hearing.size(); index++) {
      if (hearing.get(index).kind() == ChannelKind.PAGER) {
        pages.add(told.get(index));
      }
    }
    if (pages.isEmpty()) {
      return routing.only().isEmpty() ? "this worker has no pager" : null;
    }
    boolean refused =
        pages.stream().allMatch(page -> page.state() == Told.State.FAILED && !page.again());
    return refused ? "the pager refused: " + pages.getFirst().note() : null;
  }
}
