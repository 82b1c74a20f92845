package dev.liftoff.activities.container;

import com.github.dockerjava.api.model.Network;
import dev.liftoff.FailureType;
import dev.liftoff.container.ContainerSpec;
import dev.liftoff.container.Endpoint;
import dev.liftoff.container.Image;
import io.temporal.failure.ApplicationFailure;

/** The engine's refusals to make or start a candidate, as sentences that say what to correct. */
record StartRefusals(Engine engine, Endpoint endpoint, Image image, ContainerSpec spec) {

  /** What to throw; a refusal that is not understood is thrown as it is, and tried again. */
  RuntimeException of(EngineRefusal refusal) {
    if (refusal.says("Address already in use")) {
      return addressTaken();
    }
    if (refusal.says("No such image")) {
      return FailureType.IMAGE_NOT_FOUND.permanent(
          "image %s was removed from the host after it was pinned; pull or load it again"
              .formatted(image));
    }
    if (refusal.says("network " + spec.network() + " not found")) {
      return failed(
          "network %s does not exist; create it (docker network create --subnet …) or correct the network in the plan"
              .formatted(spec.network()));
    }
    if (refusal.says("bind source path does not exist")) {
      return failed(
          "a mount cannot be made: %s; create it on the engine's host or correct the mounts in the plan"
              .formatted(from("bind source path does not exist", refusal)));
    }
    if (refusal.says("Invalid address") || refusal.says("user specified IP address")) {
      return failed(
          "address %s cannot be used in network %s (%s); correct the addresses or the network in the plan"
              .formatted(endpoint.address().getHost(), spec.network(), refusal.words()));
    }
    if (refusal.status() == EngineRefusal.BAD_REQUEST || refusal.says("OCI runtime")) {
      return failed(
          "the engine refuses it as the plan describes it: %s; correct the container in the plan"
              .formatted(refusal.words()));
    }
    return refusal;
  }

  private ApplicationFailure addressTaken() {
    return FailureType.PORT_TAKEN.permanent(
        "address %s in network %s, which %s needs, is in use by %s; stop that or give the slot another address in the plan"
            .formatted(
                endpoint.address().getHost(), spec.network(), endpoint.container(), holder()));
  }

  private String holder() {
    try {
      Network network =
          engine.ask(
              "inspect network " + spec.network(),
              client -> client.inspectNetworkCmd().withNetworkId(spec.network()).exec());
      return network.getContainers().values().stream()
          .filter(each -> each.getIpv4Address().startsWith(endpoint.address().getHost() + "/"))
          .map(each -> "container " + each.getName())
          .findFirst()
          .orElse("the network itself, such as its gateway");
    } catch (EngineRefusal unknown) {
      return "something else";
    }
  }

  private ApplicationFailure failed(String reason) {
    return FailureType.CONTAINER_FAILED.permanent(
        "%s cannot be started: %s".formatted(endpoint.container(), reason));
  }

  private static String from(String words, EngineRefusal refusal) {
    return words + refusal.words().substring(refusal.words().indexOf(words) + words.length());
  }
}
