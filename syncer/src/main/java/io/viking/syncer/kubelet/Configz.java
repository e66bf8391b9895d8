package io.viking.syncer.kubelet;

import com.google.gson.JsonObject;

/**
 * {@code /configz}: the settings in force, under the names of the kubelet's configuration. Pure.
 */
final class Configz {
  private Configz() {}

  static String write(KubeletConfig config, int port) {
    JsonObject kubelet = new JsonObject();
    kubelet.addProperty("kind", "KubeletConfiguration");
    kubelet.addProperty("apiVersion", "kubelet.config.k8s.io/v1beta1");
    kubelet.addProperty("address", config.listenAddress());
    kubelet.addProperty("port", port);
    kubelet.addProperty("streamingConnectionIdleTimeout", config.limits().idle().toSeconds() + "s");
    JsonObject json = new JsonObject();
    json.add("kubeletconfig", kubelet);
    return json.toString();
  }
}
