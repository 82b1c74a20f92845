package dev.liftoff.simulation;

import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Role;
import dev.liftoff.people.Identity;
import dev.liftoff.people.IdentityContract;

class SimulatedIdentityTest extends IdentityContract {
  private final SimulatedIdentity identity = new SimulatedIdentity();

  @Override
  protected Identity identity() {
    return identity;
  }

  @Override
  protected void knows(String name, Role... roles) {
    identity.knows(name, roles);
  }

  @Override
  protected void revoke(String name) {
    identity.revoke(name);
  }

  @Override
  protected Proof proof(String name) {
    return new Proof("simulated", "1", name, "now", "later", "n1", "");
  }

  @Override
  protected String signature(String name, String text) {
    return SimulatedIdentity.signature(text);
  }
}
