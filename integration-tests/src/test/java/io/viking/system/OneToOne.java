package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import java.io.IOException;
import java.util.List;

/**
 * The invariant that everything is for: pods and instances, one to one, by UID, from both lists.
 */
public final class OneToOne {
  private OneToOne() {}

  static boolean holds(Cluster cluster, String namespace) throws ApiException, IOException {
    return uids(cluster.pods(namespace)).equals(instanceUids(cluster.instances(namespace)));
  }

  public static void check(Cluster cluster, String namespace) throws ApiException, IOException {
    List<String> pods = uids(cluster.pods(namespace));
    List<String> instances = instanceUids(cluster.instances(namespace));
    assertThat(instances).as("UIDs of the instances").doesNotHaveDuplicates();
    assertThat(instances).as("instances, by UID, against pods").isEqualTo(pods);
  }

  private static List<String> uids(List<V1Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getUid()).sorted().toList();
  }

  private static List<String> instanceUids(List<Instance> instances) {
    return instances.stream().map(Instance::getUid).sorted().toList();
  }
}
