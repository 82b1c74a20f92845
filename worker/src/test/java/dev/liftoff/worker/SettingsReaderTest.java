package dev.liftoff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.liftoff.SecretReference;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

class SettingsReaderTest {

  record Ship(EngineChoice engine) {}

  sealed interface EngineChoice {
    record Steam(SteamSettings settings) implements EngineChoice {}

    record Sail() implements EngineChoice {}
  }

  record SteamSettings(
      Path boiler, URI coal, Duration pressureLimit, int pistons, @Nullable SecretReference key) {
    SteamSettings {
      if (pistons < 1) {
        throw new IllegalArgumentException("pistons must be 1 or more, was " + pistons);
      }
    }
  }

  @Test
  void theTypeChoosesTheAdapterAndItsSettingsAreReadInPlace() throws IOException {
    Ship ship =
        read(
            """
            ship:
              engine:
                type: steam
                steam:
                  boiler: var/boiler
                  coal: http://127.0.0.1:9090
                  pressure-limit: 10s
                  pistons: 3
                  key: env:BOILER_KEY
            """);

    assertThat(ship.engine())
        .isEqualTo(
            new EngineChoice.Steam(
                new SteamSettings(
                    Path.of("var/boiler"),
                    URI.create("http://127.0.0.1:9090"),
                    Duration.ofSeconds(10),
                    3,
                    new SecretReference("env:BOILER_KEY"))));
  }

  @Test
  void theSettingsOfAnAdapterThatIsNotChosenMayBeIncomplete() throws IOException {
    Ship ship = read("ship: {engine: {type: sail, steam: {pistons: 3}}}");

    assertThat(ship.engine()).isEqualTo(new EngineChoice.Sail());
  }

  @Test
  void aTypeThatDoesNotExistIsNamedWithThoseThatDo() {
    assertThat(problems("ship:\n  engine: {type: diesel}"))
        .containsExactly("ship.engine.type must be one of sail, steam, was 'diesel' (ship.yaml:2)");
  }

  @Test
  void aMissingTypeIsNamedWithThoseThatExist() {
    assertThat(problems("other: 1"))
        .containsExactly("ship.engine.type is not set; it must be one of sail, steam");
  }

  @Test
  void everyValueThatCannotBeReadIsNamedWithItsPlaceAndTheFormItNeeds() {
    assertThat(
            problems(
                """
                ship:
                  engine:
                    type: steam
                    steam:
                      boiler: /b
                      coal: over there
                      pressure-limit: 10
                      pistons: many
                      key: hunter2
                """))
        .containsExactly(
            "ship.engine.steam.coal must be an address such as http://127.0.0.1:9090, was 'over there'"
                + " (ship.yaml:6)",
            "ship.engine.steam.pressure-limit must be a duration such as 500ms, 10s or 5m, was '10'"
                + " (ship.yaml:7)",
            "ship.engine.steam.pistons must be a whole number, was 'many' (ship.yaml:8)",
            "ship.engine.steam.key must be a reference: env:NAME or file:/path, was '***' (ship.yaml:9)");
  }

  @Test
  void whatIsRequiredAndMissingIsNamed() {
    assertThat(
            problems(
                "ship: {engine: {type: steam, steam: {coal: 'http://c', pistons: 1, boiler: ''}}}"))
        .containsExactly(
            "ship.engine.steam.boiler is not set; it must be a path",
            "ship.engine.steam.pressure-limit is not set; it must be a duration such as 500ms, 10s or 5m");
  }

  @Test
  void whatTheAdapterItselfRefusesIsSaidInItsWords() {
    assertThat(
            problems(
                "ship: {engine: {type: steam, steam: {boiler: /b, coal: 'http://c', pressure-limit: 1s,"
                    + " pistons: 0}}}"))
        .containsExactly("ship.engine.steam: pistons must be 1 or more, was 0");
  }

  @Test
  void aMistypedNameIsRefusedAndThoseThatExistThereAreNamed() {
    assertThat(problems("ship:\n  engine:\n    type: sail\n    steam:\n      pistonz: 3"))
        .containsExactly(
            "ship.engine.steam.pistonz is no setting (ship.yaml:5); known there: boiler, coal, key,"
                + " pistons, pressure-limit");
  }

  @Test
  void theSettingsThatComeWithTheWorkerAreCompleteForEveryAdapter() throws IOException {
    for (RecordComponent port : AdapterSettings.class.getRecordComponents()) {
      for (String type : SettingsShape.choices(port.getType()).keySet()) {
        StandardEnvironment environment = new StandardEnvironment();
        addFirst(environment, new ClassPathResource("application.yaml"));
        addFirst(environment, file(SettingsShape.property("liftoff", port) + ".type: " + type));

        assertThatNoException()
            .as("%s %s", port.getName(), type)
            .isThrownBy(
                () -> new SettingsReader(environment).read("liftoff", AdapterSettings.class));
      }
    }
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(InvalidSettings.class, () -> read(yaml)).problems();
  }

  private static Ship read(String yaml) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    addFirst(environment, file(yaml));
    return new SettingsReader(environment).read("ship", Ship.class);
  }

  private static void addFirst(StandardEnvironment environment, Resource yaml) throws IOException {
    new YamlPropertySourceLoader()
        .load(yaml.getDescription(), yaml)
        .forEach(environment.getPropertySources()::addFirst);
  }

  private static Resource file(String yaml) {
    return new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public String getFilename() {
        return "ship.yaml";
      }
    };
  }
}
