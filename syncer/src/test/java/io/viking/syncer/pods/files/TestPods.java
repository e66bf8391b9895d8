package io.viking.syncer.pods.files;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.PodScope;
import io.viking.syncer.pods.manifest.ContentDigest;
import io.viking.syncer.pods.manifest.FileFacts;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pods that mount something, and what is known of their files. */
final class TestPods {
  static final PodScope ZONES =
      new PodScope() {
        @Override
        public boolean isZone(String nodeName) {
          return nodeName.equals("zone-a");
        }

        @Override
        public String hostIp(String nodeName) {
          return "10.0.0.1";
        }
      };

  static final Reference SETTINGS = Reference.configMap("shop", "settings");
  static final Reference LOGIN = Reference.secret("shop", "login");

  private TestPods() {}

  /** Mounts {@link #SETTINGS} and has a variable of {@link #LOGIN}. */
  static V1Pod mounting(String name) {
    return pod(
        name,
        "{}",
        """
        "containers":[{"name":"main","env":[{"name":"PW","valueFrom":{"secretKeyRef":{"name":"login","key":"pw"}}}]}],
        "volumes":[{"name":"conf","configMap":{"name":"settings"}}]
        """);
  }

  /** Has a token of an hour, as nearly every pod does. */
  static V1Pod withToken(String name) {
    return pod(
        name,
        "{}",
        """
        "containers":[{"name":"main"}],"volumes":[{"name":"api","projected":{"sources":[
          {"serviceAccountToken":{"path":"token","expirationSeconds":3607}},
          {"configMap":{"name":"settings"}}]}}]
        """);
  }

  /** Shows its labels in a file. */
  static V1Pod showingLabels(String name, String labels) {
    return pod(
        name,
        labels,
        """
        "containers":[{"name":"main"}],"volumes":[{"name":"info","downwardAPI":{"items":[
          {"path":"labels","fieldRef":{"fieldPath":"metadata.labels"}}]}}]
        """);
  }

  static V1Pod pod(String name, String labels, String spec) {
    return KubeJson.read(
        """
        {"metadata":{"namespace":"shop","name":"%s","uid":"%s","labels":%s},"spec":{"nodeName":"zone-a",%s}}
        """
            .formatted(name, uid(name), labels, spec),
        V1Pod.class);
  }

  static String uid(String name) {
    return "uid-" + name;
  }

  /** A volume whose content is this version. */
  static FileFacts facts(String volume, long version) {
    return new FileFacts(Map.of(volume, new ContentDigest(0, version)), Optional.empty(), Set.of());
  }

  static FileFacts token(Duration life) {
    return new FileFacts(Map.of("api", new ContentDigest(0, 1)), Optional.of(life), Set.of());
  }
}
