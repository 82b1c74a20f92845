package dev.liftoff.starter;

import static picocli.CommandLine.ScopeType.INHERIT;

import dev.liftoff.gate.Role;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.plan.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every verb takes, before it or after it. */
final class Options {
  enum Output {
    text,
    json
  }

  enum Colour {
    auto,
    always,
    never
  }

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      scope = INHERIT,
      description = "Temporal (default: $TEMPORAL_ADDRESS or 127.0.0.1:7233)")
  @Nullable String address;

  @Option(
      names = "--namespace",
      scope = INHERIT,
      description = "(default: $TEMPORAL_NAMESPACE or default)")
  @Nullable String namespace;

  @Option(
      names = "--as",
      paramLabel = "WHO",
      scope = INHERIT,
      description = "Who you are (default: $LIFTOFF_AS or $USER)")
  @Nullable String who;

  @Option(
      names = "--role",
      scope = INHERIT,
      converter = RoleConverter.class,
      description =
          "commander, deployment, database, monitoring, communication, on-call or cto"
              + " (default: $LIFTOFF_ROLE or commander)")
  @Nullable Role role;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      scope = INHERIT,
      description = "text or json (default: text)")
  Output output = Output.text;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = INHERIT,
      description = "auto, always or never; NO_COLOR counts (default: auto)")
  Colour colour = Colour.auto;

  @Option(names = "--no-input", scope = INHERIT, description = "Never ask")
  boolean noInput;

  @Option(
      names = "--plain",
      scope = INHERIT,
      description = "Print the plain temporal command instead of doing it")
  boolean plain;

  @Option(
      names = "--command-timeout",
      paramLabel = "TIME",
      scope = INHERIT,
      converter = DurationConverter.class,
      description = "How long a worker may take to answer (default: 5s)")
  Duration limit = Duration.ofSeconds(5);

  /** {@code 90s}, {@code 5m}, {@code 2h30m} or ISO. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration duration = orUsage(() -> Durations.parse(text));
      if (!duration.isPositive()) {
        throw new TypeConversionException("must be longer than 0s, was '" + text + "'");
      }
      return duration;
    }
  }

  static final class RoleConverter implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
      return orUsage(() -> Role.of(text));
    }
  }

  static final class ChannelConverter implements ITypeConverter<ChannelKind> {
    @Override
    public ChannelKind convert(String text) {
      return orUsage(() -> ChannelKind.of(text));
    }
  }

  private static <T> T orUsage(java.util.function.Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException wrong) {
      throw new TypeConversionException(String.valueOf(wrong.getMessage()));
    }
  }
}
