package dev.liftoff.worker;

import dev.liftoff.LaunchId;
import dev.liftoff.activities.database.retention.LeftScratch;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the scratch databases of launches that are over. What cannot be removed now is tried
 * again at the next start, and by the next launch of the same place.
 */
record SweptScratch(LeftScratch left, WorkflowClient client) {
  private static final Logger log = LoggerFactory.getLogger(SweptScratch.class);

  void sweep() {
    try {
      for (LaunchId launch : left.launches()) {
        sweep(launch);
      }
    } catch (IOException unreadable) {
      log.warn("notes of scratch databases cannot be read: {}", unreadable.toString());
    }
  }

  private void sweep(LaunchId launch) {
    try {
      if (isOver(launch)) {
        left.discard(launch);
        log.info("scratch database removed, its launch is over launch={}", launch);
      }
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
    } catch (IOException | SQLException | RuntimeException trouble) {
      log.warn("scratch database stays launch={} because={}", launch, trouble.getMessage());
    }
  }

  /** Whoever does not answer is not over. */
  private boolean isOver(LaunchId launch) {
    String place = LaunchId.workflowId(launch.service(), launch.environment());
    try {
      WorkflowExecutionDescription running = client.newUntypedWorkflowStub(place).describe();
      return running.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          || !firstRun(running).endsWith(launch.run());
    } catch (WorkflowNotFoundException nothingRuns) {
      return true;
    } catch (WorkflowServiceException away) {
      throw new IllegalStateException("Temporal does not tell whether it runs", away);
    }
  }

  private static String firstRun(WorkflowExecutionDescription running) {
    return running.getRawDescription().getWorkflowExecutionInfo().getFirstRunId();
  }
}
