package dev.liftoff.activities.container;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.liftoff.FailureType;
import dev.liftoff.container.Image;
import dev.liftoff.container.ImageReference;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images of the host, and those that can be pulled. */
final class Images {
  private static final Logger log = LoggerFactory.getLogger(Images.class);
  private static final Duration PULL_AGAIN_AFTER = Duration.ofSeconds(2);

  /** How a registry says no; everything else may be better in a moment. */
  private static final List<String> DEFINITE =
      List.of(
          "manifest unknown",
          "manifest for",
          "no matching manifest",
          "repository does not exist",
          "access denied",
          "access to the resource is denied",
          "unauthorized",
          "authentication required",
          "name unknown",
          "invalid reference format");

  private final Engine engine;
  private final Duration pullLimit;
  private final Duration registryLimit;

  Images(Engine engine, Duration pullLimit, Duration registryLimit) {
    this.engine = engine;
    this.pullLimit = pullLimit;
    this.registryLimit = registryLimit;
  }

  Image pin(ImageReference wanted) {
    InspectImageResponse found = local(wanted.reference()).orElseGet(() -> pulled(wanted));
    String digest = wanted.digest();
    if (digest != null && digests(found).noneMatch(digest::equals)) {
      throw moved(wanted, found);
    }
    return new Image(wanted.reference(), found.getId());
  }

  /** What is wrong where an image was built for another processor; empty where it fits. */
  String misfit(Image image) {
    String built = local(image.id()).map(InspectImageResponse::getArch).orElse("");
    String runs = engine.ask("tell its version", client -> client.versionCmd().exec()).getArch();
    return built.isEmpty() || built.equals(runs)
        ? ""
        : "; the image is built for %s and the engine runs %s, build it for %2$s"
            .formatted(built, runs);
  }

  private Optional<InspectImageResponse> local(String reference) {
    try {
      return Optional.of(
          engine.ask(
              "inspect image " + reference, client -> client.inspectImageCmd(reference).exec()));
    } catch (EngineRefusal refused) {
      if (refused.status() == EngineRefusal.NOT_FOUND
          || refused.status() == EngineRefusal.BAD_REQUEST) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private InspectImageResponse pulled(ImageReference wanted) {
    String reference = wanted.reference();
    log.info("image is pulled image={}", reference);
    Instant deadline = Instant.now().plus(registryLimit);
    while (true) {
      try {
        pull(reference);
        return local(reference).orElseThrow(() -> absent(reference, "the pull brought nothing"));
      } catch (EngineRefusal refused) {
        if (definite(refused)) {
          throw absent(reference, "the registry has none: " + refused.words());
        }
        if (Instant.now().isAfter(deadline)) {
          throw absent(
              reference,
              "the registry could not be reached for %d s: %s"
                  .formatted(registryLimit.toSeconds(), refused.words()));
        }
        log.info("image could not be pulled yet image={} reason={}", reference, refused.words());
        engine.beat("pull " + reference);
        Pause.of(PULL_AGAIN_AFTER);
      }
    }
  }

  private void pull(String reference) {
    engine.<PullResponseItem>stream(
        "pull " + reference,
        pullLimit,
        (client, callback) -> client.pullImageCmd(withTag(reference)).exec(callback),
        Images::requireProgress);
  }

  private static void requireProgress(PullResponseItem item) {
    var error = item.getErrorDetail();
    if (error != null) {
      throw new DockerException(String.valueOf(error.getMessage()), 500);
    }
  }

  /** The engine pulls every tag of a reference without one. */
  private static String withTag(String reference) {
    boolean exact =
        reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/');
    return exact ? reference : reference + ":latest";
  }

  private static boolean definite(EngineRefusal refused) {
    return refused.status() == EngineRefusal.NOT_FOUND
        || refused.status() == EngineRefusal.BAD_REQUEST
        || DEFINITE.stream().anyMatch(refused::says);
  }

  /** An image that was built here has no digest of a registry: its id counts. */
  private static Stream<String> digests(InspectImageResponse image) {
    List<String> ofRegistries = image.getRepoDigests();
    return Stream.concat(
        Stream.of(image.getId()),
        ofRegistries == null
            ? Stream.of()
            : ofRegistries.stream().map(each -> each.substring(each.indexOf('@') + 1)));
  }

  private static ApplicationFailure absent(String reference, String reason) {
    return FailureType.IMAGE_NOT_FOUND.permanent(
        "image %s is not on this host and cannot be pulled (%s); load it with docker load or correct the image in the plan"
            .formatted(reference, reason));
  }

  private static ApplicationFailure moved(ImageReference wanted, InspectImageResponse found) {
    return FailureType.IMAGE_CHANGED.permanent(
        "image %s on this host has the digest %s and the plan binds %s: the tag has moved; pull the right one or correct the digest in the plan"
            .formatted(
                wanted.reference(),
                String.join(" and ", digests(found).toList()),
                wanted.digest()));
  }
}
