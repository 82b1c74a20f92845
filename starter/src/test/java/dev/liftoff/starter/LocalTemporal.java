package dev.liftoff.starter;

import dev.liftoff.FreePort;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.util.concurrent.TimeUnit;

/** Temporal's test server on a port, once it answers. */
final class LocalTemporal implements AutoCloseable {
  private static final long FIRST_ANSWER_SECONDS = 60;

  private final TestServer.PortBoundTestServer server;
  private final int port;

  LocalTemporal() {
    port = FreePort.find();
    server = TestServer.createPortBoundServer(port, true);
    WorkflowServiceStubs stubs = connect();
    // The first call of a JVM loads many classes: on a busy machine longer than a command waits.
    stubs
        .blockingStub()
        .withDeadlineAfter(FIRST_ANSWER_SECONDS, TimeUnit.SECONDS)
        .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    stubs.shutdownNow();
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  WorkflowServiceStubs connect() {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
  }

  @Override
  public void close() {
    server.close();
  }
}
