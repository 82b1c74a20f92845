package dev.liftoff.starter;

import dev.liftoff.status.Team;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is here, who has the launch, and what is to be done, a line each. */
final class TeamText {
  record Line(String label, String text) {}

  private TeamText() {}

  static List<Line> lines(@Nullable Team team) {
    List<Line> lines = new ArrayList<>();
    if (team == null) {
      return lines;
    }
    if (team.briefing() != null) {
      team.briefing().lines().forEach(line -> lines.add(new Line("briefing", line)));
    }
    if (team.handOver() != null) {
      lines.add(new Line("hand-over", team.handOver().sentence()));
    }
    team.open().forEach(action -> lines.add(new Line("to do", action.toString())));
    return lines;
  }

  static boolean isRollCallOpen(@Nullable Team team) {
    return team != null
        && team.briefing() != null
        && team.briefing().until() != null
        && !team.briefing().over();
  }
}
