package io.viking.scheduler;

import io.micrometer.core.instrument.Timer;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.kube.loop.EffectRunner;
import io.viking.kube.loop.Lane;
import io.viking.scheduler.loop.BindOutcome;
import io.viking.scheduler.loop.ClaimOutcome;
import io.viking.scheduler.loop.ReportOutcome;
import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.scheduler.pod.PodRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the scheduler's calls and reads their answers. */
final class SchedulerCalls implements EffectRunner<SchedulerEvent, SchedulerEffect> {
  private static final Logger log = LoggerFactory.getLogger(SchedulerCalls.class);

  private final KubeApi api;
  private final EventRecorder recorder;
  private final SchedulerMetrics metrics;
  private final Lane binds;
  private final Lane reports;
  private final ClaimCalls claims;
  private final Lane volumes = new Lane("volume", 4);
  private final Lane preemptions = new Lane("preempt", 4);
  private final PreemptionCalls preemption;
  private final Lane announcements = new Lane("announce", 1);
  private final Lane answers = new Lane("answer", 1);
  private final Inquiries inquiries;

  SchedulerCalls(
      SchedulerConfig config,
      KubeApi api,
      EventRecorder recorder,
      SchedulerMetrics metrics,
      Inquiries inquiries) {
    this.inquiries = inquiries;
    this.api = api;
    this.claims = new ClaimCalls(api);
    this.preemption = new PreemptionCalls(api);
    this.recorder = recorder;
    this.metrics = metrics;
    this.binds = Lane.ofBegun("bind", config.bindWidth());
    this.reports = Lane.ofBegun("report", config.reportWidth());
  }

  @Override
  public Lane lane(SchedulerEffect effect) {
    return switch (effect) {
      case SchedulerEffect.Bind _ -> binds;
      case SchedulerEffect.Report _ -> reports;
      case SchedulerEffect.SelectNode _, SchedulerEffect.KeepVolume _ -> volumes;
      case SchedulerEffect.Preempt _ -> preemptions;
      case SchedulerEffect.Announce _ -> announcements;
      case SchedulerEffect.Answer _ -> answers;
    };
  }

  @Override
  public List<SchedulerEvent> run(SchedulerEffect effect) {
    return switch (effect) {
      case SchedulerEffect.Bind _, SchedulerEffect.Report _ -> begin(effect).join();
      case SchedulerEffect.SelectNode select ->
          List.of(new SchedulerEvent.ClaimAnswered(select.claim(), claims.run(select)));
      case SchedulerEffect.KeepVolume keep ->
          List.of(new SchedulerEvent.ClaimAnswered(keep.claim(), claims.run(keep)));
      case SchedulerEffect.Preempt preempt -> List.of(preemption.run(preempt));
      case SchedulerEffect.Announce announce -> {
        run(announce);
        yield List.of();
      }
      case SchedulerEffect.Answer answer -> {
        inquiries.answered(answer);
        yield List.of();
      }
    };
  }

  @Override
  public CompletableFuture<List<SchedulerEvent>> begin(SchedulerEffect effect) {
    return switch (effect) {
      case SchedulerEffect.Bind bind -> begin(bind).thenApply(List::of);
      case SchedulerEffect.Report report -> begin(report).thenApply(List::of);
      default -> EffectRunner.super.begin(effect);
    };
  }

  @Override
  public List<SchedulerEvent> crashed(SchedulerEffect effect, RuntimeException defect) {
    return switch (effect) {
      case SchedulerEffect.Bind bind ->
          List.of(
              new SchedulerEvent.BindAnswered(
                  bind.pod(),
                  bind.zone(),
                  new BindOutcome.Failed("internal error: " + defect, Optional.empty())));
      case SchedulerEffect.Report report -> List.of(answer(report, ReportOutcome.FAILED));
      case SchedulerEffect.SelectNode select ->
          List.of(new SchedulerEvent.ClaimAnswered(select.claim(), failed(defect)));
      case SchedulerEffect.KeepVolume keep ->
          List.of(new SchedulerEvent.ClaimAnswered(keep.claim(), failed(defect)));
      case SchedulerEffect.Preempt preempt ->
          List.of(new SchedulerEvent.PreemptAnswered(preempt.pod(), false));
      case SchedulerEffect.Announce _ -> List.of();
      case SchedulerEffect.Answer _ -> List.of();
    };
  }

  private static ClaimOutcome failed(RuntimeException defect) {
    return new ClaimOutcome.Failed("internal error: " + defect, Optional.empty());
  }

  private CompletableFuture<SchedulerEvent> begin(SchedulerEffect.Bind bind) {
    PodRef pod = bind.pod();
    Timer.Sample sample = metrics.startTimer();
    return api.writes()
        .bind(
            pod.namespace(), pod.name(), pod.uid(), bind.zone(), bind.labels(), bind.annotations())
        .thenApply(
            failure -> {
              BindOutcome outcome =
                  failure.map(SchedulerCalls::outcome).orElseGet(BindOutcome.Bound::new);
              sample.stop(
                  metrics.bind(outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
              return new SchedulerEvent.BindAnswered(pod, bind.zone(), outcome);
            });
  }

  private static BindOutcome outcome(KubeApiException failure) {
    if (failure.isNotFound()) {
      return new BindOutcome.Gone();
    }
    return failure.isConflict()
        ? new BindOutcome.Conflict()
        : new BindOutcome.Failed(String.valueOf(failure.getMessage()), failure.retryAfter());
  }

  private CompletableFuture<SchedulerEvent> begin(SchedulerEffect.Report report) {
    PodRef pod = report.pod();
    return api.writes()
        .patch(
            ResourceType.PODS,
            pod.namespace(),
            pod.name(),
            "status",
            PatchFormat.STRATEGIC_MERGE,
            UnschedulablePatch.of(report))
        .thenApply(
            failure ->
                answer(
                    report, failure.map(why -> outcome(pod, why)).orElse(ReportOutcome.WRITTEN)));
  }

  private static ReportOutcome outcome(PodRef pod, KubeApiException failure) {
    if (failure.isConflict()) {
      return ReportOutcome.OUTDATED;
    }
    if (failure.isInvalid()) {
      log.warn(
          "pod {}: its condition PodScheduled could not be written and does not say why it waits: {}",
          pod,
          failure.getMessage());
    }
    // A pod that is gone, or whose name another has, needs no telling.
    boolean isMoot = failure.isNotFound() || failure.isInvalid();
    return isMoot ? ReportOutcome.WRITTEN : ReportOutcome.FAILED;
  }

  private static SchedulerEvent answer(SchedulerEffect.Report report, ReportOutcome outcome) {
    return new SchedulerEvent.ReportAnswered(
        report.pod(), report.resourceVersion(), report.message(), outcome);
  }

  private void run(SchedulerEffect.Announce announce) {
    PodRef pod = announce.pod();
    EventTarget target = EventTarget.pod(pod.namespace(), pod.name(), pod.uid());
    if (announce.warning()) {
      recorder.warning(target, announce.reason(), announce.message());
    } else {
      recorder.normal(target, announce.reason(), announce.message());
    }
  }
}
