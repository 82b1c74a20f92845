package judge;

/** A client that fails tries again: errors come in clumps of geometric size. */
final class Clumps extends Fleet {
  private final double size;

  Clumps(Dice dice, Effect effect, double size) {
    super(dice, effect);
    this.size = size;
  }

  @Override
  protected int errors(int arm, double mean) {
    int errors = 0;
    for (int clump = dice.poisson(mean / size); clump > 0; clump--) {
      errors += dice.geometric(size);
    }
    return errors;
  }
}
