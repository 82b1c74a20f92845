package dev.liftoff.notify.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.LaunchId;
import dev.liftoff.notify.Announcement;
import dev.liftoff.notify.ChannelKind;
import dev.liftoff.notify.Routing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
  private static final LaunchId LAUNCH = LaunchId.parse("shop/test/2.0.0/1");

  @Test
  void looksLikeThis() {
    Announcement rolledBack =
        new Announcement(
            "rolled-back",
            Announcement.Severity.CRITICAL,
            "shop 2.0.0 rolled back",
            List.of("error-rate above 0.05 for 2 min: 0.31", "blue has 100 %"));

    assertThat(written(rolledBack))
        .isEqualTo(
            """
            {"text":"CRITICAL: shop 2.0.0 rolled back\\n• error-rate above 0.05 for 2 min: 0.31\\n• blue has 100 %\\nshop/test/2.0.0/1",\
            "blocks":[{"type":"header","text":{"type":"plain_text","text":"CRITICAL: shop 2.0.0 rolled back"}},\
            {"type":"section","text":{"type":"mrkdwn","text":"• error-rate above 0.05 for 2 min: 0.31\\n• blue has 100 %"}},\
            {"type":"context","elements":[{"type":"mrkdwn","text":"shop/test/2.0.0/1 · rolled-back"}]}]}\
            """);
  }

  @Test
  void nobodyCanBeCalledFromATitleOrAFact() throws Exception {
    String hostile = "<!channel> <@U123> <http://evil|click> & co";

    String message = message(hostile, List.of(hostile));

    assertThat(message).doesNotContain("<").doesNotContain(">");
    assertThat(json(message).at("/blocks/1/text/text").asText())
        .isEqualTo("• &lt;!channel&gt; &lt;@U123&gt; &lt;http://evil|click&gt; &amp; co");
  }

  @Test
  void fiftyKilobytesAreCutBetweenCharacters() throws Exception {
    JsonNode message = json(message("🚀".repeat(12_500), List.of("<".repeat(50_000))));

    assertThat(message.at("/blocks/0/text/text").asText())
        .hasSizeLessThanOrEqualTo(150)
        .endsWith("🚀…");
    assertThat(message.at("/blocks/1/text/text").asText())
        .hasSizeLessThanOrEqualTo(3_000)
        .endsWith("&lt;…");
    assertThat(message.at("/text").asText()).hasSizeLessThanOrEqualTo(3_000);
  }

  @Test
  void textThatJustFitsIsNotCut() {
    assertThat(SlackMessage.escaped("abc", 3)).isEqualTo("abc");
    assertThat(SlackMessage.escaped("abcd", 3)).isEqualTo("ab…");
    assertThat(SlackMessage.escaped("", 3)).isEmpty();
  }

  @Test
  void whatAPersonHasToldAgainSaysThatItIsARepeat() {
    Announcement told =
        new Announcement("key", Announcement.Severity.INFORMATION, "hello", List.of());

    assertThat(written(told)).doesNotContain("(repeat)");
    assertThat(
            written(
                told.routed(
                    new Routing(
                        Set.of(ChannelKind.SLACK),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        true))))
        .contains("hello (repeat)");
  }

  @Test
  void withoutFactsThereIsNoEmptySection() throws Exception {
    assertThat(json(message("hello", List.of())).at("/blocks")).hasSize(2);
  }

  private static String message(String title, List<String> facts) {
    return written(new Announcement("key", Announcement.Severity.INFORMATION, title, facts));
  }

  private static String written(Announcement announcement) {
    Sending sending = new Sending(LAUNCH, announcement, Duration.ofSeconds(1), false);
    return SlackMessage.of(sending, "slack", false).json();
  }

  private static JsonNode json(String message) throws Exception {
    return new ObjectMapper().readTree(message);
  }
}
