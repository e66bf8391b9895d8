package io.viking.simulation.cloud;

import com.google.protobuf.Message;

/** Answers the contract's calls, at once and on the caller's thread. */
@FunctionalInterface
public interface CloudServer {
  /**
   * @param method its bare name ("CreateInstances")
   * @throws io.grpc.StatusRuntimeException a failure of the call as a whole
   */
  Message call(String method, Message request);
}
