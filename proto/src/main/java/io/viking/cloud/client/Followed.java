package io.viking.cloud.client;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.viking.cloud.errors.CloudFailure;

/**
 * What is followed: a list and a watch of one service, and who hears of it. All is called on one
 * thread.
 *
 * @param <R> what the watch answers
 */
interface Followed<R> {
  /** Lists, tells the listener, and gives the revision to watch from. */
  long list() throws StatusException, InterruptedException;

  BlockingClientCall<?, R> watch(long revision);

  /** Takes an answer of the watch, tells the listener, and gives the revision to resume from. */
  long take(R answer);

  /** The second failure in a row: a list follows when the adapter is back. */
  void interrupted(RuntimeException cause);

  /** Whether a watch that broke for this may be resumed at its last revision. */
  boolean mayResumeAfter(CloudFailure failure);

  /** The same for a watch that was well and is only opened anew. */
  boolean mayResumeAfterRenewal();
}
