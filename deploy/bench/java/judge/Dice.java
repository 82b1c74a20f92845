package judge;

import java.util.SplittableRandom;

/** Chance, the same for the same seed, world and run. */
final class Dice {
  private final SplittableRandom random;

  private Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Mixed well: seeds that differ by a multiple of the generator's step give shifted copies of one stream. */
  static Dice of(long seed, String world, int run) {
    long mixed = mix(mix(mix(seed) ^ world.hashCode() * 0x632BE59BD9B4E019L) ^ run * 0xD1342543DE82EF95L);
    return new Dice(mixed);
  }

  double uniform() {
    return random.nextDouble();
  }

  double normal() {
    return random.nextGaussian();
  }

  boolean happens(double chance) {
    return random.nextDouble() < chance;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Exact for small means; a rounded normal for large ones. */
  int poisson(double mean) {
    if (mean <= 0) {
      return 0;
    }
    if (mean > 40) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    }
    double left = random.nextDouble();
    double chance = Math.exp(-mean);
    int count = 0;
    while (left > chance && count < 400) {
      left -= chance;
      count++;
      chance *= mean / count;
    }
    return count;
  }

  /** At least one, with this mean. */
  int geometric(double mean) {
    return mean <= 1 ? 1 : 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / mean));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
