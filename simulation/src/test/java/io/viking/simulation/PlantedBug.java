package io.viking.simulation;

import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.RecordChange;
import io.viking.kube.client.KubeJson;
import io.viking.scheduler.loop.BindOutcome;
import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.simulation.process.Sabotage;
import io.viking.simulation.process.Tampering;
import io.viking.syncer.network.dns.DnsZones;
import io.viking.syncer.network.loop.NetworkEffect;
import io.viking.syncer.network.loop.NetworkEvent;
import io.viking.syncer.pods.PodsEffect;
import io.viking.syncer.pods.PodsEvent;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.lifecycle.PodRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Defects as people make them, planted where a core meets the world. */
enum PlantedBug implements Sabotage {
  /** A pod that was made again under its name is taken for the one before. */
  NAME_AS_KEY {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      Map<String, String> uids = new HashMap<>();
      return new Tampering<>() {
        @Override
        public List<PodsEvent> hears(PodsEvent event) {
          return List.of(
              switch (event) {
                case PodsEvent.PodSeen(V1Pod pod) ->
                    new PodsEvent.PodSeen(
                        withUid(
                            pod,
                            uids.computeIfAbsent(
                                PodObject.ref(pod).name(), name -> PodObject.ref(pod).uid())));
                default -> event;
              });
        }
      };
    }
  },

  /** One timer in twenty is never set: a retry that is forgotten. */
  FORGOTTEN_RETRY {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      return new Tampering<>() {
        private int timers;

        @Override
        public boolean keeps(PodsEvent timer) {
          return !(timer instanceof PodsEvent.Resync)
              && (!(timer instanceof PodsEvent.Wake) || ++timers % 20 != 0);
        }
      };
    }
  },

  /** One event of a pod in fifty is lost, and the watch goes on. */
  LOST_WATCH_EVENT {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      return losing(PodsEvent.PodSeen.class, 50);
    }
  },

  /** A create that is repeated is a new purchase, and not the same again. */
  DOUBLE_CREATE {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      return new Tampering<>() {
        private int attempt = 1;

        @Override
        public List<PodsEffect> does(PodsEffect effect) {
          return List.of(
              effect instanceof PodsEffect.CreateInstances(long call, var specs)
                  ? new PodsEffect.CreateInstances(call, specs.stream().map(this::another).toList())
                  : effect);
        }

        private InstanceSpec another(InstanceSpec spec) {
          return spec.toBuilder().setAttempt(spec.getAttempt() + ++attempt).build();
        }
      };
    }
  },

  /** A status is written whatever the pod has become since it was read. */
  VERSION_IGNORED {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      return new Tampering<>() {
        @Override
        public List<PodsEffect> does(PodsEffect effect) {
          if (!(effect instanceof PodsEffect.PatchStatus(long call, PodRef pod, String json))) {
            return List.of(effect);
          }
          var patch = JsonParser.parseString(json).getAsJsonObject();
          patch.getAsJsonObject("metadata").remove("resourceVersion");
          return List.of(new PodsEffect.PatchStatus(call, pod, patch.toString()));
        }
      };
    }
  },

  /** A pod's object is removed as soon as its instance was asked to stop. */
  POD_REMOVED_FIRST {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      Map<String, PodRef> refs = new HashMap<>();
      return new Tampering<>() {
        @Override
        public List<PodsEvent> hears(PodsEvent event) {
          if (event instanceof PodsEvent.PodSeen(V1Pod pod)) {
            refs.put(PodObject.ref(pod).uid(), PodObject.ref(pod));
          }
          return List.of(event);
        }

        @Override
        public List<PodsEffect> does(PodsEffect effect) {
          if (effect instanceof PodsEffect.DeleteInstances(long call, var items)
              && refs.get(items.getFirst().getUid()) instanceof PodRef pod) {
            return List.of(effect, new PodsEffect.RemovePod(-1, pod));
          }
          return List.of(effect);
        }
      };
    }
  },

  /** How a deleted pod ended is not told, and the finalizer that waits for it stays. */
  END_NOT_TOLD {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      return new Tampering<>() {
        @Override
        public List<PodsEffect> does(PodsEffect effect) {
          return List.of(
              effect instanceof PodsEffect.PatchStatus(long call, PodRef pod, String json)
                      && json.contains("\"terminated\"")
                  ? new PodsEffect.PatchStatus(
                      call, pod, "{\"metadata\":{\"uid\":\"%s\"}}".formatted(pod.uid()))
                  : effect);
        }
      };
    }
  },

  /** What the pod's status says is not read: every life of the process believes its own memory. */
  STATUS_NOT_READ {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      return new Tampering<>() {
        @Override
        public List<PodsEvent> hears(PodsEvent event) {
          return List.of(
              event instanceof PodsEvent.PodSeen(V1Pod pod)
                      && PodObject.phase(pod).equals("Running")
                  ? new PodsEvent.PodSeen(pending(pod))
                  : event);
        }
      };
    }
  },

  /** Instances whose pods are not there when the process starts are not looked at. */
  ORPHANS_NOT_LISTED {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      Map<String, PodRef> refs = new HashMap<>();
      return new Tampering<>() {
        @Override
        public List<PodsEvent> hears(PodsEvent event) {
          if (event instanceof PodsEvent.PodSeen(V1Pod pod)) {
            refs.put(PodObject.ref(pod).uid(), PodObject.ref(pod));
          }
          return List.of(
              event instanceof PodsEvent.InstancesListed(var instances)
                  ? new PodsEvent.InstancesListed(
                      instances.stream().filter(i -> refs.containsKey(i.getUid())).toList())
                  : event);
        }
      };
    }
  },

  /** An instance whose create was not answered is not stopped with its pod. */
  DELETE_FORGOTTEN_WHEN_UNANSWERED {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      Map<String, Boolean> answered = new HashMap<>();
      return new Tampering<>() {
        @Override
        public List<PodsEvent> hears(PodsEvent event) {
          if (event instanceof PodsEvent.InstanceChanged(var instance)) {
            answered.put(instance.getUid(), true);
          }
          return List.of(event);
        }

        @Override
        public List<PodsEffect> does(PodsEffect effect) {
          if (!(effect instanceof PodsEffect.DeleteInstances(long call, var items))) {
            return List.of(effect);
          }
          List<DeleteInstance> known =
              items.stream()
                  .map(
                      i ->
                          answered.containsKey(i.getUid())
                              ? i
                              : i.toBuilder().setAttempt(0).build())
                  .toList();
          return List.of(new PodsEffect.DeleteInstances(call, known));
        }
      };
    }
  },

  /** One change of a Service's endpoints in ten is lost, and the watch goes on. */
  LOST_SLICE {
    @Override
    public Tampering<NetworkEvent, NetworkEffect> network() {
      return losing(NetworkEvent.SliceSeen.class, 10);
    }
  },

  /** One change of an Ingress in three is lost, and the watch goes on. */
  LOST_INGRESS {
    @Override
    public Tampering<NetworkEvent, NetworkEffect> network() {
      return losing(NetworkEvent.IngressSeen.class, 3);
    }
  },

  /** Names are given to pods, and never taken from them. */
  NAMES_STAY {
    @Override
    public Tampering<NetworkEvent, NetworkEffect> network() {
      return keepingNames(zone -> true);
    }
  },

  /** The same, but only of the names of addresses. */
  REVERSE_NAMES_STAY {
    @Override
    public Tampering<NetworkEvent, NetworkEffect> network() {
      return keepingNames(DnsZones.REVERSE_IPV4::equals);
    }
  },

  /** A call about load balancers or records that failed is taken for done. */
  FAILURE_IS_SUCCESS {
    @Override
    public Tampering<NetworkEvent, NetworkEffect> network() {
      return new Tampering<>() {
        @Override
        public List<NetworkEvent> hears(NetworkEvent event) {
          return List.of(
              event instanceof NetworkEvent.CallFailed(long call, var failure)
                      && failure.reason() != ErrorReason.ERROR_REASON_NOT_FOUND
                  ? new NetworkEvent.BalancerDeleted(call)
                  : event);
        }
      };
    }
  },

  /** A binding that failed is not tried again. */
  FORGOTTEN_BINDING {
    @Override
    public Tampering<SchedulerEvent, SchedulerEffect> scheduler() {
      return new Tampering<>() {
        @Override
        public boolean keeps(SchedulerEvent timer) {
          return !(timer instanceof SchedulerEvent.PodRetry);
        }
      };
    }
  },

  /** A binding without an answer is taken for done. */
  SILENCE_IS_CONSENT {
    @Override
    public Tampering<SchedulerEvent, SchedulerEffect> scheduler() {
      return new Tampering<>() {
        @Override
        public List<SchedulerEvent> hears(SchedulerEvent event) {
          return List.of(
              event instanceof SchedulerEvent.BindAnswered(var pod, String zone, var outcome)
                      && outcome instanceof BindOutcome.Failed
                  ? new SchedulerEvent.BindAnswered(pod, zone, new BindOutcome.Bound())
                  : event);
        }
      };
    }
  },

  /** Pods that have to go for others are chosen, and never told. */
  NOBODY_MAKES_ROOM {
    @Override
    public Tampering<SchedulerEvent, SchedulerEffect> scheduler() {
      return new Tampering<>() {
        @Override
        public List<SchedulerEffect> does(SchedulerEffect effect) {
          return effect instanceof SchedulerEffect.Preempt ? List.of() : List.of(effect);
        }
      };
    }
  },

  /** That the catalog has nothing to tell is not heard: what it told before is never doubted. */
  NOTHING_DOUBTED {
    @Override
    public Tampering<SchedulerEvent, SchedulerEffect> scheduler() {
      return losing(SchedulerEvent.CatalogConfirmed.class, 1);
    }
  },

  /** Why a pod waits is said after it was bound. */
  LATE_REPORT {
    @Override
    public Tampering<SchedulerEvent, SchedulerEffect> scheduler() {
      return new Tampering<>() {
        private int binds;

        @Override
        public List<SchedulerEffect> does(SchedulerEffect effect) {
          return effect instanceof SchedulerEffect.Bind bind && ++binds % 10 == 0
              ? List.of(
                  effect,
                  new SchedulerEffect.Report(bind.pod(), "", "no zone", 1, Optional.empty()))
              : List.of(effect);
        }
      };
    }
  },

  /** The place of an instance is the catalog's first, and not what the scheduler allowed. */
  ZONES_IGNORED {
    @Override
    public Tampering<PodsEvent, PodsEffect> syncer() {
      return new Tampering<>() {
        @Override
        public List<PodsEffect> does(PodsEffect effect) {
          return List.of(
              effect instanceof PodsEffect.CreateInstances(long call, var specs)
                  ? new PodsEffect.CreateInstances(
                      call,
                      specs.stream()
                          .map(
                              spec -> {
                                var moved = spec.toBuilder();
                                moved.getZonesBuilder(0).setZone("cn-hangzhou-j");
                                return moved.build();
                              })
                          .toList())
                  : effect);
        }
      };
    }
  };

  /** One event of a kind in so many does not arrive. */
  private static <E, F> Tampering<E, F> losing(Class<? extends E> kind, int oneIn) {
    return new Tampering<>() {
      private int events;

      @Override
      public List<E> hears(E event) {
        return kind.isInstance(event) && ++events % oneIn == 0 ? List.of() : List.of(event);
      }
    };
  }

  /** No record is removed in such zones. */
  private static Tampering<NetworkEvent, NetworkEffect> keepingNames(Predicate<String> ofZone) {
    return new Tampering<>() {
      @Override
      public List<NetworkEffect> does(NetworkEffect effect) {
        return List.of(
            effect instanceof NetworkEffect.ApplyRecords(long call, var zone, var changes)
                    && ofZone.test(zone)
                ? new NetworkEffect.ApplyRecords(
                    call, zone, changes.stream().map(PlantedBug::kept).toList())
                : effect);
      }
    };
  }

  /** The record stays, with a TTL that is allowed. */
  private static RecordChange kept(RecordChange change) {
    return change.toBuilder()
        .setRemove(false)
        .setRecord(change.getRecord().toBuilder().setTtl(5))
        .build();
  }

  private static V1Pod withUid(V1Pod pod, String uid) {
    return copy(pod, metadata -> metadata.uid(uid));
  }

  private static V1Pod copy(V1Pod pod, java.util.function.UnaryOperator<V1ObjectMeta> change) {
    V1ObjectMeta metadata = KubeJson.read(KubeJson.write(pod.getMetadata()), V1ObjectMeta.class);
    return new V1Pod().metadata(change.apply(metadata)).spec(pod.getSpec()).status(pod.getStatus());
  }

  private static V1Pod pending(V1Pod pod) {
    V1Pod copy = KubeJson.read(KubeJson.write(pod), V1Pod.class);
    copy.getStatus().phase("Pending").containerStatuses(null);
    return copy;
  }
}
