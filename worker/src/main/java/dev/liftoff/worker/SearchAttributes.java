package dev.liftoff.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attributes by which launches are found; a launch cannot set one that Temporal does not know.
 */
final class SearchAttributes {
  static final List<String> NAMES =
      List.of("LaunchService", "LaunchEnv", "LaunchPhase", "LaunchVersion", "LaunchOutcome");

  private static final Logger log = LoggerFactory.getLogger(SearchAttributes.class);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final TemporalConnection temporal;

  SearchAttributes(TemporalConnection temporal) {
    this.temporal = temporal;
  }

  /**
   * Those that are missing are registered. Where that is not allowed, the log says what to type.
   */
  void register() {
    OperatorServiceStubs operator = operator();
    try {
      List<String> missing = missing(stub(operator));
      if (!missing.isEmpty()) {
        stub(operator).addSearchAttributes(adding(missing));
        log.info("registered search attributes names={}", missing);
      }
    } catch (StatusRuntimeException refused) {
      log.warn(
          "search attributes could not be registered reason={}; run: {}",
          refused.getStatus().getCode(),
          byHand());
    }
  }

  private List<String> missing(OperatorServiceBlockingStub operator) {
    Set<String> known =
        operator
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(temporal.namespace()).build())
            .getCustomAttributesMap()
            .keySet();
    return NAMES.stream().filter(name -> !known.contains(name)).toList();
  }

  private AddSearchAttributesRequest adding(List<String> names) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(temporal.namespace());
    names.forEach(
        name -> request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    return request.build();
  }

  private OperatorServiceStubs operator() {
    return OperatorServiceStubs.newServiceStubs(
        OperatorServiceStubsOptions.newBuilder()
            .setChannel(temporal.service().getRawChannel())
            .validateAndBuildWithDefaults());
  }

  private static OperatorServiceBlockingStub stub(OperatorServiceStubs operator) {
    return operator
        .blockingStub()
        .withDeadlineAfter(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private String byHand() {
    return NAMES.stream()
        .map(name -> "--name " + name + " --type Keyword")
        .collect(
            Collectors.joining(
                " ",
                "temporal operator search-attribute create -n " + temporal.namespace() + " ",
                ""));
  }
}
