package dev.liftoff;

import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import dev.liftoff.control.Controls;
import dev.liftoff.probe.Check;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the checks that are containers run: in the candidate's image, or in one of their own, which
 * is pinned beside it, so that a missing one ends the launch before anything has moved.
 */
final class CheckImages {
  private final Controls controls;
  private final Map<String, Image> pinned = new TreeMap<>();
  private @Nullable Image candidate;

  CheckImages(Controls controls) {
    this.controls = controls;
  }

  /** After this no container of a check outlives the way back. */
  void pin(Image image) {
    candidate = image;
    List<Check> containers = controls.plan().containerChecks();
    if (containers.isEmpty()) {
      return;
    }
    containers.forEach(this::pin);
    controls.board().rollback.push("end the tests that still run", () -> end(containers));
  }

  /** The checks, those that are containers with their place. */
  List<Check> placed(List<Check> checks) {
    return checks.stream().map(this::placed).toList();
  }

  private void pin(Check check) {
    if (check instanceof Check.Container container
        && container.image() != null
        && !pinned.containsKey(container.image())) {
      ImageReference reference = new ImageReference(container.image(), null);
      Image image =
          controls.go().images("Pin " + reference.reference()).pin(controls.id(), reference);
      pinned.put(container.image(), image);
      controls.step("image of the check '" + container.name() + "': " + image);
    }
  }

  private Check placed(Check check) {
    if (!(check instanceof Check.Container container)) {
      return check;
    }
    Image image = container.image() == null ? candidate : pinned.get(container.image());
    return image == null
        ? container
        : container.in(new Check.Place(image, controls.plan().container().network()));
  }

  private String end(List<Check> containers) {
    controls
        .back()
        .probe("Undo: end the tests that still run", List.of())
        .discard(controls.id(), containers);
    return "none runs";
  }
}
