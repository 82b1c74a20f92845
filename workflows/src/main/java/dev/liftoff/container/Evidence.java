package dev.liftoff.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was saved of a container before it is removed: inspect, last logs, exit code, health output.
 *
 * @param folder where it lies on the worker's host; empty when there was no such container
 * @param files names in that folder
 * @param exitCode of the process, null while it runs
 */
public record Evidence(String folder, List<String> files, @Nullable Integer exitCode) {}
