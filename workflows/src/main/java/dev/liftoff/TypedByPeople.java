package dev.liftoff;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.liftoff.checklist.Ask;
import dev.liftoff.checklist.ChecklistInput;
import dev.liftoff.checklist.Edits;
import dev.liftoff.checklist.ItemFilter;
import dev.liftoff.checklist.Order;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.notify.ChannelTest;
import dev.liftoff.plan.PlanDocument;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.context.SerializationContext;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything as the converter behind it does, and also what that one cannot read where people
 * send it: broken JSON, too deep, in another encoding. A workflow task that fails for its input is
 * repeated for ever; this way the launch can refuse it.
 */
record TypedByPeople(DataConverter exact) implements DataConverter {
  private static final Set<Class<?>> TYPED =
      Set.of(
          Decision.class,
          Command.class,
          Edits.class,
          Order.class,
          Ask.class,
          ItemFilter.class,
          ChecklistInput.class,
          ChannelTest.class);

  @Override
  public <T> Optional<Payload> toPayload(@Nullable T value) {
    return exact.toPayload(value);
  }

  @Override
  public Optional<Payloads> toPayloads(@Nullable Object... values) {
    return exact.toPayloads(values);
  }

  @Override
  public <T> @Nullable T fromPayload(Payload payload, Class<T> type, Type generic) {
    try {
      return exact.fromPayload(payload, type, generic);
    } catch (DataConverterException unreadable) {
      return standIn(type, unreadable);
    }
  }

  @Override
  public <T> @Nullable T fromPayloads(
      int index, Optional<Payloads> content, Class<T> type, Type generic) {
    try {
      return exact.fromPayloads(index, content, type, generic);
    } catch (DataConverterException unreadable) {
      return standIn(type, unreadable);
    }
  }

  @Override
  public Failure exceptionToFailure(Throwable throwable) {
    return exact.exceptionToFailure(throwable);
  }

  @Override
  public RuntimeException failureToException(Failure failure) {
    return exact.failureToException(failure);
  }

  @Override
  public DataConverter withContext(SerializationContext context) {
    return new TypedByPeople(exact.withContext(context));
  }

  private static <T> @Nullable T standIn(Class<T> type, DataConverterException unreadable) {
    if (type == PlanDocument.class) {
      return type.cast(new PlanDocument(TextNode.valueOf("unreadable")));
    }
    if (TYPED.contains(type)) {
      return null;
    }
    throw unreadable;
  }
}
