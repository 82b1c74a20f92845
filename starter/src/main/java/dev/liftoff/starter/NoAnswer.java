package dev.liftoff.starter;

/** Something accepts where Temporal should be, and is silent: it is busy, or it is not Temporal. */
final class NoAnswer extends CommandFailure {
  NoAnswer(String address) {
    super(
        ExitCode.UNREACHABLE,
        "Temporal does not answer at %s.".formatted(address),
        "Is this the gRPC port of Temporal (7233)? Another one: --address or TEMPORAL_ADDRESS");
  }
}
