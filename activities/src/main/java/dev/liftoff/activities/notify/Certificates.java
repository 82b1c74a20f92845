package dev.liftoff.activities.notify;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Why the other side is not believed to be who it says: then nothing is sent to it. */
final class Certificates {
  private static final int DEEPEST = 10;

  private Certificates() {}

  /** A sentence that names the host; empty where it was something else. */
  static Optional<String> refusal(String host, Throwable failure) {
    @Nullable String why = null;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      why = why == null || isExpired(cause) ? why(host, cause, why) : why;
      cause = cause.getCause();
    }
    return Optional.ofNullable(why).map(text -> text + "; nothing was sent");
  }

  private static boolean isExpired(Throwable cause) {
    return cause instanceof CertificateExpiredException;
  }

  private static @Nullable String why(String host, Throwable cause, @Nullable String before) {
    String text = String.valueOf(cause.getMessage());
    if (isExpired(cause)) {
      return "the certificate of " + host + " has expired";
    }
    if (cause instanceof SSLPeerUnverifiedException || text.startsWith("No subject alternative")) {
      return "the certificate of " + host + " is not for this name";
    }
    return cause instanceof CertificateException || text.startsWith("PKIX")
        ? "the certificate of " + host + " is from nobody whom this machine trusts"
        : before;
  }
}
