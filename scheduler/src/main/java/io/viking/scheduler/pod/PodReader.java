package io.viking.scheduler.pod;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.viking.kube.annotations.WrittenBack;
import io.viking.kube.profile.Additions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the API's pods into what the scheduler sees of them. A function of the pod; equal shapes
 * come out as one object, so that ten thousand pods of a Deployment cost one. Safe for all threads.
 */
public final class PodReader {
  /** The zone in which the instance really is; the API server first copies it from the node. */
  public static final String ZONE_LABEL = "topology.kubernetes.io/zone";

  /** The type of the instance on pods that an older version of the syncer has written to. */
  private static final String FORMER_TYPE_ANNOTATION = "viking.io/instance-type";

  /** What a user of a cluster with machines has to know of a pod that chose none of ours. */
  private static final String CHOICE =
      "; pods choose it by the label alibabacloud.com/eci=true or a toleration of"
          + " virtual-kubelet.io/provider when they are created";

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
  private static final String CREATED_CONDITION = "ContainerInstanceCreated";

  private final Set<String> schedulerNames;
  private final Interner<PodShape> shapes = Interners.newWeakInterner();
  private final Interner<Crowd> crowds = Interners.newWeakInterner();

  /**
   * @param schedulerNames whose pods are ours
   */
  public PodReader(Set<String> schedulerNames) {
    this.schedulerNames = Set.copyOf(schedulerNames);
  }

  public PodSight read(V1Pod pod) {
    return read(pod, Additions.NONE);
  }

  /**
   * @param pod with what the profile says for it
   * @param additions what of that its Binding is to put on it
   */
  public PodSight read(V1Pod pod, Additions additions) {
    var metadata = pod.getMetadata();
    V1PodSpec spec = pod.getSpec();
    if (metadata == null || metadata.getUid() == null || spec == null) {
      return new PodSight.Irrelevant("");
    }
    String uid = metadata.getUid();
    boolean terminating = metadata.getDeletionTimestamp() != null;
    if (ENDED.contains(phase(pod))) {
      return new PodSight.Irrelevant(uid);
    }
    String node = Absent.text(spec.getNodeName());
    if (!node.isEmpty()) {
      String zone = Absent.map(metadata.getLabels()).getOrDefault(ZONE_LABEL, node);
      return new PodSight.Placed(placed(pod, spec, uid, zone, crowd(pod, spec, terminating)));
    }
    if (terminating || !isOurs(spec)) {
      return new PodSight.Irrelevant(uid);
    }
    return new PodSight.Waiting(
        new PendingPod(
            ref(pod),
            Absent.text(metadata.getResourceVersion()),
            shapes.intern(shape(pod, spec)),
            created(metadata),
            metadata.getGeneration() == null ? 0 : metadata.getGeneration(),
            !Absent.list(spec.getSchedulingGates()).isEmpty(),
            told(pod.getStatus()),
            additions));
  }

  public static PodRef ref(V1Pod pod) {
    var metadata = pod.getMetadata();
    return metadata == null
        ? new PodRef("", "", "")
        : new PodRef(
            Absent.text(metadata.getNamespace()),
            Absent.text(metadata.getName()),
            Absent.text(metadata.getUid()));
  }

  /** What a decision about the pod depends on, bound or not; empty for one that is incomplete. */
  public Optional<PodShape> shape(V1Pod pod) {
    return Optional.ofNullable(pod.getSpec()).map(spec -> shape(pod, spec));
  }

  /** Why nothing is decided about the pod, bound or not, in words that follow its name. */
  public Optional<String> notOurs(V1Pod pod) {
    V1PodSpec spec = pod.getSpec();
    if (spec == null) {
      return Optional.of("is incomplete");
    }
    String scheduler = Absent.text(spec.getSchedulerName());
    if (!schedulerNames.contains(scheduler)) {
      return Optional.of(
          "is not ours: its spec.schedulerName is \"%s\", and this scheduler takes %s%s"
              .formatted(
                  scheduler,
                  String.join(", ", schedulerNames.stream().sorted().toList()),
                  scheduler.equals("default-scheduler") ? CHOICE : ""));
    }
    if (ENDED.contains(phase(pod))) {
      return Optional.of("has ended (%s) and takes no room".formatted(phase(pod)));
    }
    boolean terminating =
        pod.getMetadata() != null && pod.getMetadata().getDeletionTimestamp() != null;
    return terminating && Absent.text(spec.getNodeName()).isEmpty()
        ? Optional.of("is being deleted and never had a zone")
        : Optional.empty();
  }

  private PlacedPod placed(V1Pod pod, V1PodSpec spec, String uid, String zone, Crowd crowd) {
    List<String> claims = ClaimReader.claims(pod, spec).stream().map(ClaimUse::name).toList();
    Optional<Occupant> ours = occupant(pod, spec);
    return started(pod)
        ? PlacedPod.started(uid, zone, crowd, claims, ours)
        : new PlacedPod(
            uid,
            zone,
            false,
            crowd,
            claims,
            refusal(pod.getStatus()),
            () -> OrderReader.read(spec, annotations(pod)),
            ours);
  }

  private static Refusal refusal(@Nullable V1PodStatus status) {
    return status == null
        ? Refusal.NONE
        : condition(status, CREATED_CONDITION)
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(condition -> Refusal.of(Absent.text(condition.getReason())))
            .orElse(Refusal.NONE);
  }

  private PodShape shape(V1Pod pod, V1PodSpec spec) {
    var spread = SpreadReader.read(spec, namespace(pod), labels(pod));
    var wishes = CloudWishesReader.read(annotations(pod));
    var flaws = new ArrayList<>(wishes.flaws());
    flaws.addAll(TiesReader.flaws(spec));
    flaws.addAll(ClaimReader.flaws(spec));
    return new PodShape(
        crowd(pod, spec, false),
        priority(spec),
        !"Never".equals(spec.getPreemptionPolicy()),
        NodeWishesReader.read(spec),
        NodeWishesReader.tolerations(spec),
        NeedsReader.requests(spec),
        NeedsReader.ceiling(spec),
        wishes.wishes(),
        spread.strict(),
        spread.soft(),
        controller(pod).map(owner -> "DaemonSet".equals(owner.getKind())).orElse(false),
        ClaimReader.claims(pod, spec),
        flaws);
  }

  private Crowd crowd(V1Pod pod, V1PodSpec spec, boolean terminating) {
    Map<String, String> labels = labels(pod);
    String owner = controller(pod).map(V1OwnerReference::getUid).orElse("");
    return crowds.intern(
        new Crowd(
            Workload.of(namespace(pod), owner, labels),
            labels,
            terminating,
            TiesReader.read(spec, namespace(pod), labels)));
  }

  private Optional<Occupant> occupant(V1Pod pod, V1PodSpec spec) {
    var metadata = pod.getMetadata();
    if (metadata == null || !isOurs(spec)) {
      return Optional.empty();
    }
    Map<String, String> annotations = annotations(pod);
    String type =
        annotations.getOrDefault(
            WrittenBack.INSTANCE_SPEC, annotations.getOrDefault(FORMER_TYPE_ANNOTATION, ""));
    return Optional.of(new Occupant(ref(pod), priority(spec), created(metadata), type));
  }

  private boolean isOurs(V1PodSpec spec) {
    return schedulerNames.contains(Absent.text(spec.getSchedulerName()));
  }

  private static Instant created(V1ObjectMeta metadata) {
    var created = metadata.getCreationTimestamp();
    return created == null ? Instant.EPOCH : created.toInstant();
  }

  private static int priority(V1PodSpec spec) {
    return spec.getPriority() == null ? 0 : spec.getPriority();
  }

  private static String namespace(V1Pod pod) {
    return pod.getMetadata() == null ? "" : Absent.text(pod.getMetadata().getNamespace());
  }

  private static Map<String, String> annotations(V1Pod pod) {
    return pod.getMetadata() == null ? Map.of() : Absent.map(pod.getMetadata().getAnnotations());
  }

  private static Map<String, String> labels(V1Pod pod) {
    return pod.getMetadata() == null ? Map.of() : Absent.map(pod.getMetadata().getLabels());
  }

  private static Optional<V1OwnerReference> controller(V1Pod pod) {
    List<V1OwnerReference> owners =
        pod.getMetadata() == null ? List.of() : Absent.list(pod.getMetadata().getOwnerReferences());
    return owners.stream().filter(owner -> Boolean.TRUE.equals(owner.getController())).findFirst();
  }

  private static String phase(V1Pod pod) {
    return pod.getStatus() == null ? "" : Absent.text(pod.getStatus().getPhase());
  }

  private static boolean started(V1Pod pod) {
    V1PodStatus status = pod.getStatus();
    return status != null
        && ("Running".equals(status.getPhase())
            || !Absent.text(status.getPodIP()).isEmpty()
            || condition(status, CREATED_CONDITION)
                .map(condition -> "True".equals(condition.getStatus()))
                .orElse(false));
  }

  private static PendingPod.Told told(@Nullable V1PodStatus status) {
    return status == null
        ? PendingPod.Told.NOTHING
        : condition(status, "PodScheduled")
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(
                condition ->
                    new PendingPod.Told(
                        true,
                        "Unschedulable".equals(condition.getReason())
                            ? Optional.of(Absent.text(condition.getMessage()))
                            : Optional.empty()))
            .orElse(PendingPod.Told.NOTHING);
  }

  private static Optional<V1PodCondition> condition(V1PodStatus status, String type) {
    return Absent.list(status.getConditions()).stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }
}
