package dev.liftoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.plan.InvalidPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.plan.PlanReader;
import dev.liftoff.status.LaunchStatus.State;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A maintenance notice that the plan requires is the only message that a launch waits for. */
class RequiredNoticeTest {
  @RegisterExtension final LaunchPad pad = new LaunchPad();

  @Test
  @Recorded
  void aRequiredNoticeThatNoChannelTookHoldsTheLaunchUntilAHumanResumes() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(2)).plusSeconds(13);
    pad.notifier.unreachable();
    pad.start(plan(launchAt));

    pad.await(State.HELD);

    assertThat(pad.clock()).isAfterOrEqualTo(launchAt.minus(Duration.ofMinutes(30)));
    assertThat(pad.status().milestone()).isEqualTo(Milestone.NOTICE);
    assertThat(pad.status().because())
        .startsWith("held by liftoff: the maintenance notice has reached no channel");
    pad.tell("resume");
    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
  }

  @Test
  void aRequiredNoticeThatIsToldLateStillLetsTheLaunchGoOnInTime() {
    Instant launchAt = pad.clock().plus(Duration.ofHours(2)).plusSeconds(13);
    pad.start(plan(launchAt));
    pad.awaitNext(Milestone.NOTICE);
    pad.notifier.unreachable();
    pad.await("notice", status -> status.milestone() == Milestone.NOTICE);
    pad.notifier.reachable();

    assertThat(pad.outcome()).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline()).noneMatch(line -> line.startsWith("COMMAND liftoff: hold"));
    assertThat(pad.told()).contains("MAINTENANCE NOTICE");
  }

  @Test
  void aNoticeThatIsNotRequiredHoldsNothing() {
    pad.notifier.unreachable();

    assertThat(pad.launch(new PlanDocument(Plans.brief()))).isInstanceOf(Outcome.Launched.class);
    assertThat(pad.timeline()).noneMatch(line -> line.startsWith("COMMAND liftoff: hold"));
  }

  @Test
  void noOtherMessageCanBeRequired() {
    ObjectNode plan = Plans.brief();
    plan.set("notifications", Plans.json("{\"required\": [\"traffic\"]}"));

    Assertions.assertThatThrownBy(() -> PlanReader.read(plan))
        .isInstanceOf(InvalidPlan.class)
        .hasMessageContaining("notifications.required[0]: must be notice");
  }

  private static PlanDocument plan(Instant launchAt) {
    return Plans.brief(plan -> {
      plan.put("launchAt", launchAt.toString());
      plan.set("notifications", Plans.json("{\"required\": [\"notice\"]}"));
    });
  }
}
