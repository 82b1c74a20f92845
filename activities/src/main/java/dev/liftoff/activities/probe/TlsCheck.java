package dev.liftoff.activities.probe;

import dev.liftoff.probe.Check;
import dev.liftoff.probe.ProbeResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How long the certificates of a host are valid. Who signed them is not asked: a private authority
 * is as good here, and an expired certificate must be seen, not refused.
 */
record TlsCheck(Check.Tls check, Duration patience) implements Examination {

  @Override
  public String limit() {
    return "valid for at least " + check.validFor().toDays() + " days";
  }

  @Override
  public ProbeResult run() throws Exception {
    List<X509Certificate> chain = chain();
    Instant now = Instant.now();
    Instant begin = latest(chain);
    Instant end = earliest(chain);
    if (begin.isAfter(now)) {
      return ProbeResult.fail(check.name(), "not valid before " + begin, limit());
    }
    if (end.isBefore(now)) {
      return ProbeResult.fail(check.name(), "expired at " + end, limit());
    }
    Duration left = Duration.between(now, end);
    String value = "%d days left, until %s".formatted(left.toDays(), end);
    return left.compareTo(check.validFor()) >= 0
        ? ProbeResult.pass(check.name(), value, limit())
        : ProbeResult.fail(check.name(), value, limit());
  }

  private List<X509Certificate> chain() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAnyone()}, null);
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(check.host(), check.port()), (int) patience.toMillis());
      plain.setSoTimeout((int) patience.toMillis());
      try (SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, check.host(), check.port(), true)) {
        tls.startHandshake();
        Certificate[] presented = tls.getSession().getPeerCertificates();
        return Arrays.stream(presented).map(X509Certificate.class::cast).toList();
      }
    }
  }

  private static Instant earliest(List<X509Certificate> chain) {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Instant latest(List<X509Certificate> chain) {
    return chain.stream()
        .map(certificate -> certificate.getNotBefore().toInstant())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Only ever used to read dates; nothing is sent over such a connection. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
