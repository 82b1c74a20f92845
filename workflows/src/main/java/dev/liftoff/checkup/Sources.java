package dev.liftoff.checkup;

import dev.liftoff.LaunchId;
import dev.liftoff.Reasons;
import dev.liftoff.alerts.Alerts;
import dev.liftoff.alerts.AlertsSpec;
import dev.liftoff.alerts.Firing;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.ChecklistSpec;
import dev.liftoff.checklist.Checklists;
import dev.liftoff.checklist.ListName;
import dev.liftoff.checklist.PlanPart;
import dev.liftoff.checklist.Readiness;
import dev.liftoff.checklist.Subject;
import dev.liftoff.plan.LaunchPlan;
import dev.liftoff.plan.PlanDocument;
import dev.liftoff.probe.ProbeResult;
import io.temporal.failure.ActivityFailure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the checklist and the alerts of a plan rest on, asked once. */
final class Sources {
  /** What must be there before anything can be measured by it. */
  private static final Set<Subject> ASKED =
      EnumSet.of(
          Subject.ENGINE,
          Subject.IMAGE,
          Subject.IMAGE_SCAN,
          Subject.CERTIFICATES,
          Subject.PROMETHEUS,
          Subject.DATABASE,
          Subject.PROXY,
          Subject.SECRETS,
          Subject.WORKERS);

  private final LaunchId launch;
  private final LaunchPlan plan;
  private final PlanDocument document;

  Sources(LaunchId launch, LaunchPlan plan, PlanDocument document) {
    this.launch = launch;
    this.plan = plan;
    this.document = document;
  }

  List<ProbeResult> look() {
    List<ProbeResult> found = new ArrayList<>();
    ChecklistSpec checklist = plan.checklist();
    if (checklist != null) {
      found.addAll(ofChecklist(checklist));
    }
    AlertsSpec alerts = plan.alerts();
    if (alerts != null) {
      found.add(ofAlerts(alerts));
    }
    return found;
  }

  private List<ProbeResult> ofChecklist(ChecklistSpec spec) {
    try {
      return examined(items(spec));
    } catch (ActivityFailure silent) {
      return List.of(ProbeResult.noData("checklist", Reasons.of(silent), "an answer"));
    }
  }

  private List<ProbeResult> examined(List<ChecklistItem> items) {
    return items.isEmpty()
        ? List.of()
        : Asking.port(Readiness.class, "Ask the sources of the checklist")
            .examine(launch, document, items)
            .stream()
            .map(result -> named(result, items))
            .toList();
  }

  private static ProbeResult named(ProbeResult result, List<ChecklistItem> items) {
    String name =
        items.stream()
            .filter(item -> item.id().equals(result.check()) && item.examination() != null)
            .map(item ->
                Objects.requireNonNull(item.examination()).subject() + " (" + item.id() + ")")
            .findFirst()
            .orElse(result.check());
    return new ProbeResult(name, result.state(), result.value(), result.limit());
  }

  private List<ChecklistItem> items(ChecklistSpec spec) {
    Map<String, ChecklistItem> items = new LinkedHashMap<>();
    if (spec.use() != ListName.NONE) {
      Asking.port(Checklists.class, "Read the list")
          .items(spec.use())
          .forEach(item -> items.put(item.id(), item));
    }
    spec.items().forEach(item -> items.put(item.id(), item));
    return items.values().stream().filter(this::isSource).toList();
  }

  private boolean isSource(ChecklistItem item) {
    return item.examination() != null
        && ASKED.contains(item.examination().subject())
        && PlanPart.applies(item.when(), plan);
  }

  /** An alert that fires is a matter of the launch; here it is enough that somebody answers. */
  private ProbeResult ofAlerts(AlertsSpec spec) {
    String limit = "an answer";
    try {
      Firing firing = Asking.port(Alerts.class, "Which alerts fire").firing(launch, spec);
      return firing.unseen() == null
          ? ProbeResult.pass("alertmanager", spec.url() + " answers: " + firing.sentence(), limit)
          : ProbeResult.noData("alertmanager", firing.unseen(), limit);
    } catch (ActivityFailure silent) {
      return ProbeResult.noData("alertmanager", Reasons.of(silent), limit);
    }
  }
}
