package dev.liftoff.activities.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder of PostgreSQL's tools of which one is replaced by a script; {@code "$REAL" "$@"} in it
 * is the real one.
 */
public record FakeTools(Path folder) {
  private static final Path REAL = Path.of("/usr/lib/postgresql/15/bin");

  public static FakeTools in(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("tools"));
    String real = "exec \"$REAL\" \"$@\"";
    return new FakeTools(folder).replacing("pg_dump", real).replacing("pg_restore", real);
  }

  public FakeTools replacing(String tool, String script) throws IOException {
    Path file = folder.resolve(tool);
    Files.writeString(
        file,
        """
        #!/bin/sh
        REAL=%s
        if [ "$1" = --version ]; then exec "$REAL" --version; fi
        %s
        """
            .formatted(REAL.resolve(tool), script));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }
}
