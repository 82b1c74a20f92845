package dev.liftoff;

import dev.liftoff.config.SavedFiles;
import dev.liftoff.container.Image;
import dev.liftoff.control.Controls;
import java.util.List;

/** What is made ready before anything moves: the image, and copies of the configuration. */
final class Preparation {
  private final Controls controls;
  private final LaunchId id;
  private final List<String> files;

  Preparation(Controls controls) {
    this.controls = controls;
    id = controls.id();
    files = controls.plan().configuration();
  }

  Image pin() {
    Image image =
        controls
            .go()
            .images("Pin " + controls.plan().image().reference())
            .pin(id, controls.plan().image());
    controls.desk().sealed("image", image.toString());
    controls.step("image " + image);
    return image;
  }

  void saveConfiguration() {
    if (files.isEmpty()) {
      return;
    }
    controls.board().rollback.push("restore configuration files", this::restore);
    SavedFiles saved = controls.go().configuration("Save configuration files").save(id, files);
    controls.step("saved " + saved.sha256().size() + " configuration files");
  }

  private String restore() {
    List<String> changed =
        controls.back().configuration("Undo: restore configuration files").restore(id, files);
    return changed.isEmpty() ? "nothing had changed" : "restored " + String.join(", ", changed);
  }
}
