package dev.liftoff.activities.database.integrity;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Some columns of a table's {@code COPY} text. Tabs, line ends and backslashes within a value are
 * escaped there, so a plain one always separates; a line {@code \.} ends the rows.
 *
 * @param wanted for each column, in order
 */
public record CopyColumns(List<Boolean> wanted) {
  private static final int BUFFER = 64 * 1024;

  /** In memory is a buffer, whatever the size of a row. */
  public void project(InputStream rows, OutputStream out) throws IOException {
    InputStream in = new BufferedInputStream(rows, BUFFER);
    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
    boolean more = true;
    while (more) {
      more = row(in, buffered);
    }
    buffered.flush();
  }

  private boolean row(InputStream in, OutputStream out) throws IOException {
    int column = 0;
    boolean first = true;
    boolean writing = wanted.getFirst();
    for (int each = begin(in, out, writing); each >= 0; each = next(in)) {
      if (each == '\n') {
        out.write('\n');
        return true;
      }
      if (each == '\t') {
        first &= !writing;
        writing = wanted.get(++column);
        if (writing && !first) {
          out.write('\t');
        }
      } else if (writing) {
        out.write(each);
      }
    }
    return false;
  }

  /** A line's first byte; -1 at the end of the rows. */
  private static int begin(InputStream in, OutputStream out, boolean writing) throws IOException {
    int first = next(in);
    if (first != '\\') {
      return first;
    }
    int second = next(in);
    if (second == '.') {
      return -1;
    }
    if (writing) {
      out.write('\\');
    }
    return second;
  }

  private static int next(InputStream in) throws IOException {
    int each = in.read();
    if (each < 0) {
      throw new EOFException("the rows end without their mark");
    }
    return each;
  }
}
