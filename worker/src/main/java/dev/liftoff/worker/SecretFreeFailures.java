package dev.liftoff.worker;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.FailureConverter;
import io.temporal.failure.DefaultFailureConverter;

/**
 * What goes wrong is written into the history for ever, with the words of drivers and tools. Every
 * message, stack trace and detail passes here first, and that of every cause.
 */
final class SecretFreeFailures implements FailureConverter {
  private final FailureConverter converter = new DefaultFailureConverter();
  private final SecretFree secretFree;

  SecretFreeFailures(SecretFree secretFree) {
    this.secretFree = secretFree;
  }

  @Override
  public RuntimeException failureToException(Failure failure, DataConverter dataConverter) {
    return converter.failureToException(failure, dataConverter);
  }

  @Override
  public Failure exceptionToFailure(Throwable throwable, DataConverter dataConverter) {
    return strip(converter.exceptionToFailure(throwable, dataConverter));
  }

  private Failure strip(Failure failure) {
    Failure.Builder stripped =
        failure.toBuilder()
            .setMessage(secretFree.text(failure.getMessage()))
            .setStackTrace(secretFree.text(failure.getStackTrace()));
    if (failure.hasCause()) {
      stripped.setCause(strip(failure.getCause()));
    }
    if (failure.getApplicationFailureInfo().hasDetails()) {
      stripped.getApplicationFailureInfoBuilder().setDetails(strip(details(failure)));
    }
    return stripped.build();
  }

  private static Payloads details(Failure failure) {
    return failure.getApplicationFailureInfo().getDetails();
  }

  private Payloads strip(Payloads payloads) {
    Payloads.Builder stripped = Payloads.newBuilder();
    payloads.getPayloadsList().forEach(payload -> stripped.addPayloads(strip(payload)));
    return stripped.build();
  }

  private Payload strip(Payload payload) {
    String text = payload.getData().toStringUtf8();
    String stripped = secretFree.text(text);
    // Untouched bytes stay as they are: not every payload is text.
    return stripped.equals(text)
        ? payload
        : payload.toBuilder().setData(ByteString.copyFromUtf8(stripped)).build();
  }
}
