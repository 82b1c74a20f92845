package dev.liftoff.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a vote is about: the digest of each part of a launch that somebody looks at before a go, by
 * its name. Another digest of any of them is another launch, and votes for the one do not count for
 * the other.
 *
 * @param parts such as {@code plan} and {@code image}
 */
public record Seal(Map<String, String> parts) {
  private static final int SHOWN_DIGITS = 16;
  private static final String ALGORITHM = "SHA-256";

  public static final Seal EMPTY = new Seal(Map.of());

  public Seal {
    parts = new TreeMap<>(parts);
  }

  public Seal with(String part, String digest) {
    Map<String, String> more = new TreeMap<>(parts);
    more.put(part, digest);
    return new Seal(more);
  }

  /** Sixteen digits of SHA-256 over all parts. */
  public String digest() {
    StringBuilder all = new StringBuilder();
    parts.forEach((part, digest) -> all.append(part).append('=').append(digest).append('\n'));
    return digest(all.toString());
  }

  /** The names of the parts that are not the same in both. */
  public List<String> difference(Seal other) {
    TreeSet<String> names = new TreeSet<>(parts.keySet());
    names.addAll(other.parts.keySet());
    names.removeIf(name -> Objects.equals(parts.get(name), other.parts.get(name)));
    return List.copyOf(names);
  }

  /** Sixteen digits of SHA-256 of a text, for whoever makes a part. */
  public static String digest(String text) {
    return whole(text).substring(0, SHOWN_DIGITS);
  }

  /** All of them: for what is signed, and written by somebody else than the signer. */
  public static String whole(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance(ALGORITHM).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
