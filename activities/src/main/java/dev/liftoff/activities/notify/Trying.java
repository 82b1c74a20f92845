package dev.liftoff.activities.notify;

import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.Sending;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Some tries within the limit of a sending, and the doubt that a lost answer leaves. */
final class Trying {
  private static final int TRIES = 3;

  private Trying() {}

  /** One try; doubtful when an earlier one may have been taken although no answer came. */
  interface Once {
    Told tell(boolean doubtful, Duration left) throws NotSent, IOException, InterruptedException;
  }

  static Told within(Sending sending, String channel, Once once)
      throws NotSent, InterruptedException {
    long deadline = System.nanoTime() + sending.limit().toNanos();
    boolean doubtful = sending.isDoubtful(channel);
    for (int tries = 1; ; tries++) {
      NotSent failure;
      try {
        return once.tell(doubtful, left(deadline));
      } catch (NotSent refused) {
        failure = refused;
      } catch (IOException lost) {
        doubtful |= mayHaveArrived(lost);
        failure = NotSent.now("no answer: " + lost.getMessage());
      }
      if (!failure.again() || tries == TRIES || failure.pause().compareTo(left(deadline)) >= 0) {
        return doubtful && failure.again()
            ? Told.doubtful(channel, String.valueOf(failure.getMessage()))
            : thrown(failure);
      }
      Thread.sleep(failure.pause());
    }
  }

  private static Told thrown(NotSent failure) throws NotSent {
    throw failure;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private static boolean mayHaveArrived(IOException lost) {
    return !(lost instanceof ConnectException
        || lost instanceof UnknownHostException
        || lost instanceof SSLException);
  }
}
