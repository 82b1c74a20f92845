package rollback;

import java.util.List;
import java.util.OptionalLong;
import rollback.LoadRun.Request;

/**
 * One way back to blue, in microseconds since 1970.
 *
 * @param way who brought it back, and from where
 * @param command just before it was sent
 * @param answered when the sender had its answer
 * @param until when something else begins
 */
record Return(String way, long command, long answered, long until) {

  /**
   * What the clients saw of it, in milliseconds after the command.
   *
   * @param lastSent the last request sent that green answered; 0 when there was none after the command
   * @param allBlue the first request sent after that: from it on, blue answered every one
   * @param lastAnswer the last answer from green
   */
  record Seen(double answered, double lastSent, double allBlue, double lastAnswer) {}

  Seen seenBy(List<Request> all) {
    List<Request> after = all.stream().filter(request -> request.sent() >= command && request.sent() < until && request.done() < until).toList();
    long lastSent = after.stream().filter(Request::green).mapToLong(Request::sent).max().orElse(command);
    OptionalLong allBlue = after.stream().filter(request -> request.blue() && request.sent() > lastSent).mapToLong(Request::sent).min();
    long lastAnswer =
        all.stream().filter(request -> request.green() && request.done() >= command && request.done() < until).mapToLong(Request::done).max().orElse(command);
    if (allBlue.isEmpty()) {
      throw new IllegalStateException("no request was answered by blue after: " + this);
    }
    return new Seen(millis(answered), millis(lastSent), millis(allBlue.getAsLong()), millis(lastAnswer));
  }

  private double millis(long micros) {
    return (micros - command) / 1000.0;
  }
}
