package dev.liftoff.activities.container;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the engine sends piece by piece; unlike docker-java's own callback it logs no error. */
final class EngineStream<T> implements ResultCallback<T> {
  private final Consumer<T> each;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private volatile @Nullable Closeable source;

  EngineStream(Consumer<T> each) {
    this.each = each;
  }

  /** Waits for the end and throws what went wrong on the way. */
  void await() throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public void onStart(Closeable closeable) {
    source = closeable;
  }

  @Override
  public void onNext(T piece) {
    each.accept(piece);
  }

  @Override
  public void onError(Throwable failure) {
    ended.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    ended.complete(true);
  }

  @Override
  public void close() throws IOException {
    Closeable open = source;
    if (open != null && !ended.isDone()) {
      open.close();
    }
  }
}
