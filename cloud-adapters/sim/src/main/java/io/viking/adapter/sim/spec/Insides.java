package io.viking.adapter.sim.spec;

import io.viking.adapter.sim.state.ContainerInside;
import io.viking.adapter.sim.state.Inside;
import io.viking.adapter.sim.state.Mount;
import io.viking.adapter.sim.state.Variable;

/** What the containers of a pod will see around them, out of its manifest. */
final class Insides {
  private Insides() {}

  static Inside of(Json pod) throws SpecRejected {
    Inside.Builder inside = Inside.newBuilder().setHostname(pod.text("hostname").orElse(""));
    for (String kind : new String[] {"initContainers", "containers"}) {
      for (Json container : pod.children(kind)) {
        inside.addContainers(container(container));
      }
    }
    return inside.build();
  }

  private static ContainerInside container(Json container) throws SpecRejected {
    ContainerInside.Builder inside =
        ContainerInside.newBuilder()
            .setName(container.text("name").orElse(""))
            .setWorkingDirectory(container.text("workingDir").orElse(""));
    for (Json variable : container.children("env")) {
      inside.addEnvironment(
          Variable.newBuilder()
              .setName(variable.text("name").orElse(""))
              .setValue(variable.text("value").orElse(""))
              .setField(
                  variable.child("valueFrom").child("fieldRef").text("fieldPath").orElse("")));
    }
    for (Json mount : container.children("volumeMounts")) {
      String path = mount.text("mountPath").orElse("");
      if (path.isEmpty()) {
        throw SpecRejected.invalid(mount.at("mountPath"), path, "is empty: name a directory");
      }
      String subPath = mount.text("subPath").orElse("");
      FileOrders.checkLength(mount.at("mountPath"), path);
      FileOrders.checkLength(mount.at("subPath"), subPath);
      inside.addMounts(
          Mount.newBuilder()
              .setVolume(mount.text("name").orElse(""))
              .setPath(path)
              .setSubPath(subPath)
              .setReadOnly(mount.text("readOnly").filter("true"::equals).isPresent()));
    }
    return inside.build();
  }
}
