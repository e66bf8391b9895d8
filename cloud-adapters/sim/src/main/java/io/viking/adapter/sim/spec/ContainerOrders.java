package io.viking.adapter.sim.spec;

import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.ContainerKind;
import io.viking.adapter.sim.state.ContainerOrder;
import io.viking.adapter.sim.state.RestartPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The containers of a pod as the cloud will play them, and what they need together. */
record ContainerOrders(List<ContainerOrder> orders, Need need, SimAnnotations annotations) {
  static final int MOST_CONTAINERS = 20;
  private static final int SHOWN_COMMAND = 512;

  static ContainerOrders of(
      Json spec, Map<String, String> podAnnotations, RestartPolicy policy, SimProfile profile)
      throws SpecRejected {
    List<Json> inits = spec.children("initContainers");
    List<Json> apps = spec.children("containers");
    if (apps.isEmpty()) {
      throw SpecRejected.invalid("spec.containers", "[]", "is empty: give at least one");
    }
    if (inits.size() + apps.size() > MOST_CONTAINERS) {
      throw SpecRejected.invalid(
          "spec.containers",
          Integer.toString(inits.size() + apps.size()),
          "is too many: an instance has at most " + MOST_CONTAINERS + " containers");
    }
    SimAnnotations annotations = SimAnnotations.of(podAnnotations, names(inits, apps));
    Reader reader = new Reader(annotations, policy, profile);
    List<ContainerOrder> orders = new ArrayList<>();
    Need sidecars = Need.NOTHING;
    Need peak = Need.NOTHING;
    for (Json init : inits) {
      boolean sidecar = init.text("restartPolicy").filter("Always"::equals).isPresent();
      orders.add(reader.order(init, sidecar ? ContainerKind.SIDECAR : ContainerKind.INIT));
      if (sidecar) {
        sidecars = sidecars.plus(Need.of(init));
      } else {
        peak = peak.max(sidecars.plus(Need.of(init)));
      }
    }
    Need running = sidecars;
    for (Json app : apps) {
      orders.add(reader.order(app, ContainerKind.APP));
      running = running.plus(Need.of(app));
    }
    return new ContainerOrders(List.copyOf(orders), running.max(peak), annotations);
  }

  private static Set<String> names(List<Json> inits, List<Json> apps) throws SpecRejected {
    Set<String> names = new HashSet<>();
    for (List<Json> containers : List.of(inits, apps)) {
      for (Json container : containers) {
        String name = container.text("name").orElse("");
        if (name.isEmpty() || !names.add(name)) {
          throw SpecRejected.invalid(
              container.at("name"), name, "is empty or stands there twice: give each its own");
        }
      }
    }
    return names;
  }

  private record Reader(SimAnnotations annotations, RestartPolicy policy, SimProfile profile) {
    ContainerOrder order(Json container, ContainerKind kind) throws SpecRejected {
      String name = container.text("name").orElse("");
      String image = container.text("image").orElse("");
      if (image.isBlank()) {
        throw SpecRejected.invalid(container.at("image"), image, "is empty: name an image");
      }
      long startup = delay(container, "startupProbe");
      return ContainerOrder.newBuilder()
          .setKind(kind)
          .setName(name)
          .setImage(image)
          .setCommand(command(container))
          .setRunMillis(runMillis(name, kind))
          .setExitCode(exitCode(name, kind))
          .setStartupDelayMillis(startup)
          .setReadinessDelayMillis(delay(container, "readinessProbe"))
          .setMissingImage(ImageName.parse(image).missing(profile.images()))
          .addAllPorts(ports(container, "TCP"))
          .addAllUdpPorts(ports(container, "UDP"))
          .setSubPaths(mountsParts(container))
          .addAllCpu(annotations.cpu(name))
          .addAllMemory(annotations.memory(name))
          .build();
    }

    private long runMillis(String name, ContainerKind kind) throws SpecRejected {
      Optional<Long> own = annotations.ownRunMillis(name);
      if (own.isPresent()) {
        return own.get();
      }
      return switch (kind) {
        case SIDECAR -> -1;
        case INIT -> annotations.initMillis(name).orElse(profile.containers().initMillis());
        case APP, UNRECOGNIZED ->
            annotations
                .runMillis(name)
                .orElse(policy == RestartPolicy.ALWAYS ? -1L : profile.containers().runMillis());
      };
    }

    private int exitCode(String name, ContainerKind kind) throws SpecRejected {
      return kind == ContainerKind.APP
          ? annotations.exitCode(name)
          : Math.max(0, annotations.ownExitCode(name));
    }

    private static long delay(Json container, String probe) throws SpecRejected {
      return container.has(probe)
          ? container.child(probe).seconds("initialDelaySeconds").orElse(0L)
          : -1;
    }

    private static boolean mountsParts(Json container) throws SpecRejected {
      for (Json mount : container.children("volumeMounts")) {
        if (mount.has("subPath")) {
          return true;
        }
      }
      return false;
    }

    private static List<Integer> ports(Json container, String protocol) throws SpecRejected {
      List<Integer> ports = new ArrayList<>();
      for (Json port : container.children("ports")) {
        String number = port.text("containerPort").orElse("");
        if (!number.matches("[0-9]{1,5}")) {
          throw SpecRejected.invalid(port.at("containerPort"), number, "is not a port");
        }
        if (port.text("protocol").orElse("TCP").equals(protocol)) {
          ports.add(Integer.parseInt(number));
        }
      }
      return ports;
    }

    private static String command(Json container) throws SpecRejected {
      List<String> words = new ArrayList<>(container.texts("command"));
      words.addAll(container.texts("args"));
      String command = String.join(" ", words).replace('\n', ' ').replace('\r', ' ');
      return command.length() <= SHOWN_COMMAND
          ? command
          : command.substring(0, SHOWN_COMMAND) + " …";
    }
  }
}
