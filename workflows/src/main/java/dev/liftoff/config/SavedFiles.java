package dev.liftoff.config;

import java.util.Map;

/**
 * Copies of configuration files.
 *
 * @param folder where the copies lie on the worker's host
 * @param sha256 checksum of each file by its path
 */
public record SavedFiles(String folder, Map<String, String> sha256) {
  public SavedFiles {
    sha256 = new java.util.TreeMap<>(sha256);
  }
}
