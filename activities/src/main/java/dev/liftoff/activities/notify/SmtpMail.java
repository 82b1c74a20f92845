package dev.liftoff.activities.notify;

import dev.liftoff.SecretReference;
import dev.liftoff.activities.Secrets;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Told;
import dev.liftoff.notify.form.Sending;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * E-mail. A recipient whom the server refuses does not keep it from the others. When the server
 * does not say whether it has taken a message, it is sent again with the same Message-ID, by which
 * most programs show it once.
 */
public final class SmtpMail implements Channel {
  private static final String NAME = "email";

  /** The code of the mail library where the connection ended in the place of one. */
  private static final int NO_ANSWER = -1;

  /**
   * Where it goes out.
   *
   * @param encryption {@code starttls} (nothing is sent without it), {@code tls} from the first
   *     byte, or {@code none}
   * @param user empty where the server asks for none
   * @param password needed with a user
   * @param to the recipients, with commas between them
   */
  public record Settings(
      String host,
      int port,
      Encryption encryption,
      @Nullable String user,
      @Nullable SecretReference password,
      String from,
      String to) {
    public Settings {
      if (user != null && password == null) {
        throw new IllegalArgumentException("password is not set; a user needs one");
      }
      addresses(from);
      addresses(to);
    }
  }

  /** How the connection is kept from being read. */
  public enum Encryption {
    NONE,
    STARTTLS,
    TLS
  }

  private final Settings settings;
  private final Secrets secrets;

  public SmtpMail(Settings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.EMAIL;
  }

  @Override
  public Told send(Sending sending) throws NotSent, InterruptedException {
    Recipients recipients = new Recipients(addresses(settings.to()));
    return Trying.within(
        sending,
        NAME,
        (doubtful, left) -> {
          transmit(sending, recipients, left);
          return recipients.told(NAME, doubtful);
        });
  }

  /** Greeted, encrypted and logged in as for a message; then NOOP. */
  @Override
  public Standing standing(Duration limit) throws NotSent, IOException {
    try (SMTPTransport transport = connected(Session.getInstance(properties(limit)))) {
      if (!transport.isConnected()) {
        throw new IOException("the mail server hung up");
      }
      return Standing.ready(
          "%s:%d took the login%s"
              .formatted(
                  settings.host(),
                  settings.port(),
                  settings.user() == null ? ", it asks for none" : ""));
    } catch (MessagingException lost) {
      throw answerLost(lost);
    }
  }

  private void transmit(Sending sending, Recipients recipients, Duration left)
      throws NotSent, IOException {
    Session session = Session.getInstance(properties(left));
    Mail mail = Mail.of(session, sending, settings.from(), settings.to(), NAME);
    try (SMTPTransport transport = connected(session)) {
      transport.sendMessage(mail, recipients.open());
      recipients.allTaken();
    } catch (SMTPSendFailedException failed) {
      if (failed.getReturnCode() == NO_ANSWER) {
        throw answerLost(failed);
      }
      recipients.taken(failed);
    } catch (SendFailedException refused) {
      recipients.taken(refused);
    } catch (MessagingException lost) {
      throw answerLost(lost);
    }
  }

  private SMTPTransport connected(Session session) throws NotSent {
    String protocol = settings.encryption() == Encryption.TLS ? "smtps" : "smtp";
    String password =
        settings.user() == null || settings.password() == null
            ? null
            : secrets.resolve(settings.password());
    try {
      SMTPTransport transport = (SMTPTransport) session.getTransport(protocol);
      transport.connect(settings.host(), settings.port(), settings.user(), password);
      return transport;
    } catch (jakarta.mail.AuthenticationFailedException refused) {
      throw NotSent.ever("the mail server refuses the user: " + refused.getMessage());
    } catch (MessagingException away) {
      Optional<String> unproven = Certificates.refusal(settings.host(), away);
      if (unproven.isPresent()) {
        throw NotSent.ever(unproven.get());
      }
      throw NotSent.now("the mail server: " + away.getMessage());
    }
  }

  private Properties properties(Duration left) {
    String name = settings.encryption() == Encryption.TLS ? "mail.smtps." : "mail.smtp.";
    String millis = String.valueOf(Math.max(1, left.toMillis()));
    Properties properties = new Properties();
    for (String limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
      properties.put(name + limit, millis);
    }
    properties.put(name + "auth", String.valueOf(settings.user() != null));
    properties.put(name + "sendpartial", "true");
    properties.put(name + "quitwait", "false");
    properties.put(name + "ssl.checkserveridentity", "true");
    if (settings.encryption() == Encryption.STARTTLS) {
      // A server, or somebody before it, that leaves it out gets nothing.
      properties.put(name + "starttls.enable", "true");
      properties.put(name + "starttls.required", "true");
    }
    return properties;
  }

  /** The server may have taken it: only its answer is missing. */
  private static IOException answerLost(MessagingException lost) {
    return new IOException("the mail server gave no answer: " + lost.getMessage(), lost);
  }

  private static List<InternetAddress> addresses(String text) {
    try {
      return List.of(InternetAddress.parse(text, true));
    } catch (AddressException wrong) {
      throw new IllegalArgumentException(
          "no mail addresses: '" + text + "': " + wrong.getMessage(), wrong);
    }
  }

  /** Who has it, who refuses it, and who is still to be tried. */
  private static final class Recipients {
    private final int all;
    private final List<Address> open;
    private final List<String> refused = new ArrayList<>();

    Recipients(List<InternetAddress> recipients) {
      all = recipients.size();
      open = new ArrayList<>(recipients);
    }

    Address[] open() {
      return open.toArray(Address[]::new);
    }

    void allTaken() {
      open.clear();
    }

    /** Codes of 500 and more are for ever; the rest may be tried again. */
    void taken(SendFailedException failure) throws NotSent {
      open.removeAll(list(failure.getValidSentAddresses()));
      for (Exception next = failure; next != null; next = next(next)) {
        if (next instanceof SMTPAddressFailedException one && one.getReturnCode() >= 500) {
          open.remove(one.getAddress());
          refused.add(one.getAddress() + ": " + one.getReturnCode());
        } else if (next instanceof SMTPSendFailedException whole
            && whole.getReturnCode() >= 500
            && list(failure.getValidSentAddresses()).isEmpty()
            && refused.isEmpty()) {
          throw NotSent.ever("the mail server answers " + whole.getReturnCode());
        }
      }
      if (refused.size() == all) {
        throw NotSent.ever("every recipient is refused: " + String.join(", ", refused));
      }
      if (!open.isEmpty()) {
        throw NotSent.now(open.size() + " of " + all + " recipients not yet: " + words(failure));
      }
    }

    Told told(String channel, boolean doubtful) {
      String note =
          refused.isEmpty()
              ? ""
              : "%d of %d recipients refused: %s"
                  .formatted(refused.size(), all, String.join(", ", refused));
      if (doubtful) {
        return Told.ambiguous(
            channel, "sent again with the same Message-ID after a lost answer" + note, null);
      }
      return new Told(channel, Told.State.SENT, note, false, null);
    }

    private static List<Address> list(Address @Nullable [] addresses) {
      return addresses == null ? List.of() : Arrays.asList(addresses);
    }

    private static @Nullable Exception next(Exception failure) {
      return failure instanceof MessagingException known ? known.getNextException() : null;
    }

    private static String words(SendFailedException failure) {
      Exception next = failure.getNextException();
      return String.valueOf((next == null ? failure : next).getMessage());
    }
  }
}
