package io.viking.scheduler.volume;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1NodeSelectorRequirement;
import io.kubernetes.client.openapi.models.V1NodeSelectorTerm;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeSpec;
import io.kubernetes.client.openapi.models.V1StorageClass;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.NodeTerm;
import io.viking.scheduler.selector.NodeWishes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the API's claims, volumes and storage classes into what the scheduler sees of them. */
public final class VolumeReader {
  /** Set by the scheduler; a provisioner that cannot serve the node takes it off. */
  public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

  /** Labels of volumes, and the node's labels that they are compared with. */
  private static final Map<String, String> TOPOLOGY =
      Map.of(
          "topology.kubernetes.io/zone", "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region", "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region");

  private VolumeReader() {}

  public static Claim claim(V1PersistentVolumeClaim claim) {
    V1ObjectMeta metadata = Objects.requireNonNullElseGet(claim.getMetadata(), V1ObjectMeta::new);
    V1PersistentVolumeClaimSpec spec =
        Objects.requireNonNullElseGet(claim.getSpec(), V1PersistentVolumeClaimSpec::new);
    Map<String, String> annotations = map(metadata.getAnnotations());
    Set<String> modes = Set.copyOf(list(spec.getAccessModes()));
    String volume = text(spec.getVolumeName());
    return new Claim(
        new ClaimKey(text(metadata.getNamespace()), text(metadata.getName())),
        text(metadata.getUid()),
        text(metadata.getResourceVersion()),
        list(metadata.getOwnerReferences()).stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .map(owner -> text(owner.getUid()))
            .findFirst()
            .orElse(""),
        annotations.getOrDefault(OLD_CLASS, text(spec.getStorageClassName())),
        volume,
        !volume.isEmpty() && annotations.containsKey(BIND_COMPLETED),
        claim.getStatus() != null && "Lost".equals(claim.getStatus().getPhase()),
        metadata.getDeletionTimestamp() != null,
        annotations.getOrDefault(SELECTED_NODE, ""),
        modes.contains("ReadWriteOncePod"),
        new VolumeWish(
            spec.getResources() == null
                ? BigDecimal.ZERO
                : storage(map(spec.getResources().getRequests())),
            modes,
            mode(spec.getVolumeMode()),
            labels(spec.getSelector())));
  }

  public static Volume volume(V1PersistentVolume volume) {
    V1ObjectMeta metadata = Objects.requireNonNullElseGet(volume.getMetadata(), V1ObjectMeta::new);
    V1PersistentVolumeSpec spec =
        Objects.requireNonNullElseGet(volume.getSpec(), V1PersistentVolumeSpec::new);
    var holder = spec.getClaimRef();
    var affinity = spec.getNodeAffinity();
    var required = affinity == null ? null : affinity.getRequired();
    Map<String, String> labels = map(metadata.getLabels());
    return new Volume(
        text(metadata.getName()),
        text(metadata.getUid()),
        text(metadata.getResourceVersion()),
        map(metadata.getAnnotations()).getOrDefault(OLD_CLASS, text(spec.getStorageClassName())),
        storage(map(spec.getCapacity())),
        Set.copyOf(list(spec.getAccessModes())),
        mode(spec.getVolumeMode()),
        labels,
        new NodeWishes(
            Map.of(),
            Optional.ofNullable(required)
                .map(
                    selector ->
                        list(selector.getNodeSelectorTerms()).stream()
                            .map(VolumeReader::term)
                            .toList()),
            List.of()),
        topology(labels),
        holder == null
            ? Optional.empty()
            : Optional.of(
                new Volume.Holder(
                    new ClaimKey(text(holder.getNamespace()), text(holder.getName())),
                    text(holder.getUid()))),
        metadata.getDeletionTimestamp() == null
            && volume.getStatus() != null
            && "Available".equals(volume.getStatus().getPhase()));
  }

  public static VolumeClass storageClass(V1StorageClass storage) {
    var topologies = new ArrayList<NodeTerm>();
    for (var topology : list(storage.getAllowedTopologies())) {
      topologies.add(
          new NodeTerm(
              list(topology.getMatchLabelExpressions()).stream()
                  .map(
                      label ->
                          new LabelRule(
                              text(label.getKey()),
                              LabelRule.Operator.IN,
                              Set.copyOf(list(label.getValues()))))
                  .toList(),
              List.of()));
    }
    return new VolumeClass(
        storage.getMetadata() == null ? "" : text(storage.getMetadata().getName()),
        !NO_PROVISIONER.equals(storage.getProvisioner()),
        "WaitForFirstConsumer".equals(storage.getVolumeBindingMode()),
        topologies);
  }

  /** A label can name several zones, "a__b", as volumes with replicas have it. */
  private static List<LabelRule> topology(Map<String, String> labels) {
    return labels.entrySet().stream()
        .filter(label -> TOPOLOGY.containsKey(label.getKey()))
        .map(
            label ->
                new LabelRule(
                    TOPOLOGY.getOrDefault(label.getKey(), ""),
                    LabelRule.Operator.IN,
                    Set.of(label.getValue().split("__"))))
        .toList();
  }

  private static NodeTerm term(V1NodeSelectorTerm term) {
    return new NodeTerm(rules(term.getMatchExpressions()), rules(term.getMatchFields()));
  }

  private static List<LabelRule> rules(@Nullable List<V1NodeSelectorRequirement> requirements) {
    return list(requirements).stream()
        .map(
            requirement ->
                rule(requirement.getKey(), requirement.getOperator(), requirement.getValues()))
        .toList();
  }

  private static LabelMatch labels(@Nullable V1LabelSelector selector) {
    var rules = new ArrayList<LabelRule>();
    if (selector != null) {
      map(selector.getMatchLabels()).forEach((key, value) -> rules.add(LabelRule.is(key, value)));
      for (var requirement : list(selector.getMatchExpressions())) {
        rules.add(rule(requirement.getKey(), requirement.getOperator(), requirement.getValues()));
      }
    }
    return LabelMatch.allOf(rules);
  }

  private static LabelRule rule(
      @Nullable String key, @Nullable String operator, @Nullable List<String> values) {
    return new LabelRule(text(key), operator(text(operator)), Set.copyOf(list(values)));
  }

  private static LabelRule.Operator operator(String name) {
    return switch (name) {
      case "NotIn" -> LabelRule.Operator.NOT_IN;
      case "Exists" -> LabelRule.Operator.EXISTS;
      case "DoesNotExist" -> LabelRule.Operator.DOES_NOT_EXIST;
      case "Gt" -> LabelRule.Operator.GT;
      case "Lt" -> LabelRule.Operator.LT;
      default -> LabelRule.Operator.IN;
    };
  }

  private static BigDecimal storage(Map<String, Quantity> amounts) {
    Quantity storage = amounts.get("storage");
    return storage == null ? BigDecimal.ZERO : storage.getNumber();
  }

  private static String mode(@Nullable String given) {
    return given == null ? "Filesystem" : given;
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  private static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : given;
  }

  private static <V> Map<String, V> map(@Nullable Map<String, V> given) {
    return given == null ? Map.of() : given;
  }
}
