package dev.liftoff.activities.readiness;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the worker's host has, and whom it finds. */
final class HostSubjects {
  private HostSubjects() {}

  static Seen configuration(Asked asked) {
    String limit = "there and readable";
    List<String> files = asked.plan().configuration();
    if (files.isEmpty()) {
      return Seen.noData(
          "the plan saves no files; name them under configuration, or mark the item not applicable",
          limit);
    }
    List<String> missing = files.stream().filter(file -> !Files.isReadable(Path.of(file))).toList();
    return missing.isEmpty()
        ? Seen.pass("%d files can be saved".formatted(files.size()), limit)
        : Seen.fail("not readable here: " + String.join(", ", missing), limit);
  }

  /** Names, not addresses: an address needs nobody to look it up. */
  static Seen dns(Asked asked) {
    String limit = "each has an address";
    Set<String> hosts = new TreeSet<>(asked.names());
    PlanTexts.addresses(asked.plan()).forEach(address -> hosts.add(address.host()));
    List<String> found = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String host : hosts) {
      try {
        found.add(host + " is " + InetAddress.getByName(host).getHostAddress());
      } catch (UnknownHostException nobody) {
        unknown.add(host);
      }
    }
    return unknown.isEmpty()
        ? Seen.held(!found.isEmpty(), String.join(", ", found), limit)
        : Seen.fail("no address: " + String.join(", ", unknown), limit);
  }
}
