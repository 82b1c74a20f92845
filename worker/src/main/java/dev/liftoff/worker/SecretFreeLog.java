package dev.liftoff.worker;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import org.jspecify.annotations.Nullable;

/** The logback word {@code %secretfree(…)}: what stands in it is written without secrets. */
public final class SecretFreeLog extends CompositeConverter<ILoggingEvent> {
  // Logback makes the converters itself, before there is a Spring context to ask.
  private static volatile @Nullable SecretFree secretFree;

  static void use(SecretFree stripping) {
    secretFree = stripping;
  }

  @Override
  protected String transform(ILoggingEvent event, String text) {
    SecretFree stripping = secretFree;
    return stripping == null ? text : stripping.text(text);
  }
}
