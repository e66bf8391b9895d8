package io.viking.cli.parts;

import io.grpc.Channel;
import io.viking.cloud.client.FencedCalls;
import io.viking.kube.client.KubeApi;
import io.viking.kube.election.Fence;
import io.viking.kube.election.FencedKubeApi;
import io.viking.kube.shards.Share;

/**
 * A time in which the loops of this process work, and what on. All that they write goes through it:
 * once the fence is closed, nothing of them reaches either side.
 */
record Term(Fence fence, Share share) {
  /** Of a process that has no rivals: nothing is asked. */
  static final Term FOR_EVER = new Term(Fence.OPEN, Share.ALL);

  /** In which everything is read and decided, and nothing is written. */
  static final Term REHEARSAL = new Term(() -> false, Share.ALL);

  KubeApi api(KubeApi api) {
    return FencedKubeApi.of(api, fence);
  }

  Channel cloud(Channel cloud) {
    return fence == Fence.OPEN ? cloud : FencedCalls.on(cloud, fence::isOpen);
  }
}
