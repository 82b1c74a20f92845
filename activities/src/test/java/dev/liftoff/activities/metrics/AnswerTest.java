package dev.liftoff.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.liftoff.metrics.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
  private static final String ONE = "{\"metric\":{},\"value\":[1700000000.5,\"%s\"]}";

  @Test
  void oneSeriesIsANumber() throws Exception {
    assertThat(vector(ONE.formatted("0.25"))).isEqualTo(new Measurement.Value(0.25));
  }

  @Test
  void aScalarIsANumber() throws Exception {
    assertThat(number(success("scalar", "[1700000000,\"3\"]"))).isEqualTo(new Measurement.Value(3));
  }

  @Test
  void theTimeOfTheAnswerIsKept() throws Exception {
    assertThat(read(success("vector", "[" + ONE.formatted("1") + "]")).at())
        .hasToString("2023-11-14T22:13:20.500Z");
  }

  @ParameterizedTest
  @CsvSource({"NaN", "+Inf", "-Inf", "Infinity", "twelve", "''"})
  void whatIsNoFiniteNumberIsMissing(String text) throws Exception {
    assertThat(vector(ONE.formatted(text)))
        .isInstanceOfSatisfying(
            Measurement.Missing.class,
            missing -> assertThat(missing.why()).contains("which is no number"));
  }

  @Test
  void noSeriesIsMissing() throws Exception {
    assertThat(vector("")).isEqualTo(missing("prometheus knows no series for the query"));
  }

  @Test
  void severalSeriesAreMissing() throws Exception {
    assertThat(vector(ONE.formatted("1") + "," + ONE.formatted("1")))
        .isEqualTo(
            missing("prometheus answered 2 series instead of one; aggregate them with sum or max"));
  }

  @Test
  void aHistogramIsMissing() throws Exception {
    assertThat(vector("{\"metric\":{},\"histogram\":[1700000000,{}]}"))
        .isInstanceOf(Measurement.Missing.class);
  }

  @Test
  void aRangeIsMissing() throws Exception {
    assertThat(number(success("matrix", "[]")))
        .isEqualTo(missing("prometheus answered a matrix instead of a number"));
  }

  @Test
  void anErrorIsMissingWithItsReason() throws Exception {
    assertThat(
            number("{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}"))
        .isEqualTo(missing("prometheus refused the query: parse error"));
  }

  @Test
  void aWarningIsMissingForTheAnswerMayBePartial() throws Exception {
    assertThat(
            number(
                """
                {"status":"success","warnings":["remote read failed"],
                 "data":{"resultType":"scalar","result":[1,"1"]}}\
                """))
        .isEqualTo(missing("prometheus warned: remote read failed"));
  }

  @ParameterizedTest
  @CsvSource({"{}", "[]", "null", "'{\"status\":\"success\"}'", "'\"text\"'"})
  void otherJsonIsMissing(String body) throws Exception {
    assertThat(number(body)).isInstanceOf(Measurement.Missing.class);
  }

  private static Measurement.Missing missing(String why) {
    return new Measurement.Missing(why);
  }

  private static Measurement vector(String samples) throws Exception {
    return number(success("vector", "[" + samples + "]"));
  }

  private static String success(String type, String result) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}"
        .formatted(type, result);
  }

  private static Measurement number(String body) throws Exception {
    return read(body).number();
  }

  private static Answer read(String body) throws Exception {
    return Answer.read(new ObjectMapper().readTree(body));
  }
}
