package dev.liftoff.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.liftoff.LaunchId;
import dev.liftoff.Payloads;
import dev.liftoff.checklist.Edits;
import dev.liftoff.checklist.Order;
import dev.liftoff.gate.Command;
import dev.liftoff.gate.Decision;
import dev.liftoff.gate.Proof;
import dev.liftoff.gate.Seal;
import dev.liftoff.gate.Texts;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What is signed: one line for each thing that a message says, in a fixed order, with the launch
 * that it is for. Whoever reads it knows what was signed; a field that is added later is signed
 * too.
 */
public final class SignedText {
  /** Of the form of this text. */
  public static final String VERSION = "1";

  private static final ObjectMapper MAPPER = Payloads.mapper();

  private SignedText() {}

  public static String of(LaunchId launch, Decision decision, Proof proof) {
    return text(launch, "decide", MAPPER.valueToTree(decision), proof);
  }

  public static String of(LaunchId launch, String verb, Command command, Proof proof) {
    ObjectNode said = MAPPER.valueToTree(command);
    JsonNode plan = command.plan();
    if (plan != null) {
      said.put("plan", "sha256:" + Seal.whole(plan.toString()));
    }
    return text(launch, verb, said, proof);
  }

  /** Of a batch for the checklist: every edit of it, by its place. */
  public static String of(LaunchId launch, Edits edits, Proof proof) {
    return text(launch, "apply", MAPPER.valueToTree(edits), proof);
  }

  /** Of what is said of a checklist as a whole, such as {@code signOff}. */
  public static String of(LaunchId launch, String verb, Order order, Proof proof) {
    return text(launch, verb, MAPPER.valueToTree(order), proof);
  }

  private static String text(LaunchId launch, String verb, JsonNode message, Proof proof) {
    Map<String, String> said = new TreeMap<>();
    message.properties().forEach(field -> collect(field.getKey(), field.getValue(), said));
    said.put("launch", launch.toString());
    StringJoiner text = new StringJoiner("\n");
    text.add("liftoff/" + VERSION).add(verb);
    said.forEach((name, value) -> text.add(name + "=" + value));
    text.add("").add(proof.kind() + " " + proof.id());
    text.add(proof.issuedAt() + " " + proof.expires()).add(String.valueOf(proof.nonce()));
    return text.toString();
  }

  /** What is empty does not arrive, see {@link Texts#text}, and a proof cannot sign itself. */
  private static void collect(String name, JsonNode value, Map<String, String> said) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        collect(name + "." + i, value.get(i), said);
      }
    } else if (value.isObject() && !name.equals("proof")) {
      value
          .properties()
          .forEach(part -> collect(name + "." + part.getKey(), part.getValue(), said));
    } else if (value.isValueNode() && !value.isNull() && !Texts.clean(value.asText()).isEmpty()) {
      said.put(name, Texts.clean(value.asText()));
    }
  }
}
