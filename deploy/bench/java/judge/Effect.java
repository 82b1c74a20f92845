package judge;

/** What is wrong with the candidate at a second after its start: an addition to its share of bad requests, or to its latency. */
interface Effect {
  Effect NONE = second -> 0;

  double at(double second);

  static Effect from(double onset, double size) {
    return second -> second >= onset ? size : 0;
  }

  static Effect rising(double onset, double over, double size) {
    return second -> Math.clamp((second - onset) / over, 0, 1) * size;
  }

  static Effect flapping(double onset, double on, double every, double size) {
    return second -> second >= onset && (second - onset) % every < on ? size : 0;
  }
}
