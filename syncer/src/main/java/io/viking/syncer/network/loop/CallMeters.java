package io.viking.syncer.network.loop;

import com.google.protobuf.MessageLite;
import io.grpc.StatusException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the network's calls to the cloud, and their bytes both ways. */
final class CallMeters {
  private final MeterRegistry registry;

  /** One call. */
  interface Call<Q, A> {
    A make(Q request) throws StatusException;
  }

  CallMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param name of the call, in lower case
   */
  <Q extends MessageLite, A extends MessageLite> A count(String name, Q request, Call<Q, A> call)
      throws StatusException {
    String result = "failed";
    long bytes = request.getSerializedSize();
    try {
      A answer = call.make(request);
      result = "ok";
      bytes += answer.getSerializedSize();
      return answer;
    } finally {
      Counter.builder("viking_syncer_network_calls_total")
          .description("Calls to the cloud for load balancers and DNS.")
          .tags("call", name, "result", result)
          .register(registry)
          .increment();
      Counter.builder("viking_syncer_network_bytes_total")
          .description("Bytes of those calls and of their answers.")
          .tag("call", name)
          .register(registry)
          .increment(bytes);
    }
  }
}
