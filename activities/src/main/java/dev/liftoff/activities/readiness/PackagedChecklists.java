package dev.liftoff.activities.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.liftoff.FailureType;
import dev.liftoff.Payloads;
import dev.liftoff.checklist.ChecklistItem;
import dev.liftoff.checklist.Checklists;
import dev.liftoff.checklist.ListName;
import dev.liftoff.plan.ChecklistItemReader;
import dev.liftoff.plan.InvalidPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The lists as they are packed with Liftoff. */
public final class PackagedChecklists implements Checklists {

  @Override
  public List<ChecklistItem> items(ListName list) {
    if (list == ListName.NONE) {
      return List.of();
    }
    String file = "checklist-" + list + ".yaml";
    try (InputStream yaml = ChecklistItem.class.getResourceAsStream(file)) {
      if (yaml == null) {
        throw FailureType.CHECKLIST_UNREADABLE.permanent(
            "this worker has no list " + list + ": name the items in the plan, with use: none");
      }
      return ChecklistItemReader.read(json(yaml));
    } catch (InvalidPlan wrong) {
      throw FailureType.CHECKLIST_UNREADABLE.permanent(
          "the list " + list + " of this worker is wrong: " + wrong.problems().getFirst());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode json(InputStream yaml) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(1 << 20).build();
    return Payloads.mapper().valueToTree(new Load(settings).loadFromInputStream(yaml));
  }
}
