package dev.liftoff.starter;

import dev.liftoff.status.LaunchStatus;
import dev.liftoff.status.PeopleStatus.RollCall;
import dev.liftoff.status.PeopleStatus.Seat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who decides, and how far they are. */
final class PeopleLines {
  private PeopleLines() {}

  static List<String> of(LaunchStatus status, Paint paint, Instant now) {
    List<String> lines = new ArrayList<>();
    String warning = status.people().warning();
    if (warning != null) {
      lines.add("  %-10s %s".formatted("people", paint.attention(warning)));
    }
    status.people().remarks(now).forEach(line -> lines.add("             " + line));
    RollCall poll = status.people().poll();
    if (poll != null) {
      lines.add(
          "  %-10s %s at %s, sealed %s"
              .formatted("poll", poll.open() ? "open" : "over", poll.gate(), poll.seal()));
      poll.seats().forEach(seat -> lines.add("             " + line(seat, paint)));
    }
    return lines;
  }

  private static String line(Seat seat, Paint paint) {
    String answer = seat.answer();
    if (answer == null) {
      return "· " + seat.line();
    }
    String mark = answer.equals("go") ? paint.good("✔") : paint.bad("✖");
    String until = seat.expires() == null ? "" : " (until " + Times.second(seat.expires()) + ")";
    return mark + " " + seat.line() + until;
  }
}
