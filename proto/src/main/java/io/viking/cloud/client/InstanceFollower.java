package io.viking.cloud.client;

import io.grpc.Channel;
import io.viking.cloud.v1.Instance;
import java.util.List;

/** Keeps a listener up to date with the instances of a cluster, whatever breaks in between. */
public final class InstanceFollower implements AutoCloseable {
  /** Called on one thread, in order. */
  public interface Listener {
    /**
     * All instances that exist; what was known and is not among them is gone. Comes first, and
     * again after a gap.
     */
    void listed(List<Instance> instances);

    /** New, or changed. */
    void changed(Instance instance);

    /** Removed after a delete; its last state. */
    void deleted(Instance instance);

    /**
     * The cloud is out of reach: nothing is known to have changed; {@link #listed} or changes
     * follow when it is back.
     */
    void interrupted(RuntimeException cause);
  }

  public InstanceFollower(Channel channel, String clusterId, Listener listener) {}

  public void start() {}

  @Override
  public void close() {}
}
