package io.viking.adapter.sim;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.core.Contents;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.files.FileContent;
import io.viking.adapter.sim.files.MountPoint;
import io.viking.adapter.sim.state.ContainerInside;
import io.viking.adapter.sim.state.Inside;
import io.viking.adapter.sim.state.Variable;
import io.viking.adapter.sim.state.Volume;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the manifest of an instance says about the insides of its containers. */
record Surroundings(InstanceFacts instance, Inside inside) {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  static Surroundings of(InstanceFacts instance, SimCloud now) {
    return new Surroundings(
        instance,
        instance.inside().isEmpty()
            ? Inside.getDefaultInstance()
            : now.contents().inside(instance.inside()));
  }

  /** The files that a written Files refers to, by volume. */
  static Map<String, List<FileContent>> files(ByteString written, SimCloud now) {
    Map<String, List<FileContent>> files = new HashMap<>();
    for (Volume volume : Contents.files(written).getVolumesList()) {
      files.put(
          volume.getName(),
          volume.getEntriesList().stream()
              .map(e -> new FileContent(e.getPath(), e.getMode(), now.contents().get(e.getHash())))
              .toList());
    }
    return files;
  }

  String hostname() {
    return inside.getHostname().isEmpty() ? instance.name() : inside.getHostname();
  }

  String workingDirectory(String container) {
    String directory = container(container).getWorkingDirectory();
    return directory.isEmpty() ? "/" : directory;
  }

  List<MountPoint> mounts(String container) {
    return container(container).getMountsList().stream()
        .map(m -> new MountPoint(m.getVolume(), m.getPath(), m.getSubPath(), m.getReadOnly()))
        .toList();
  }

  /**
   * The agent of an instance fills in its address, also where another variable names such a one.
   */
  Map<String, String> environment(String container) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", PATH);
    environment.put("HOSTNAME", hostname());
    environment.put("HOME", "/root");
    Map<String, String> filledIn = new LinkedHashMap<>();
    for (Variable variable : container(container).getEnvironmentList()) {
      String value = variable.getValue();
      if (!variable.getField().isEmpty()) {
        value = instance.address();
        filledIn.put("$(" + variable.getName() + ")", value);
      } else {
        for (Map.Entry<String, String> known : filledIn.entrySet()) {
          value = value.replace(known.getKey(), known.getValue());
        }
      }
      environment.put(variable.getName(), value);
    }
    return environment;
  }

  private ContainerInside container(String name) {
    return inside.getContainersList().stream()
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseGet(ContainerInside::getDefaultInstance);
  }
}
