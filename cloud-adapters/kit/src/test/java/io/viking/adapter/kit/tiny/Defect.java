package io.viking.adapter.kit.tiny;

import io.grpc.ServerInterceptors;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.InstanceEvent;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Ways of being wrong that adapters are known for. */
enum Defect {
  BUYS_TWICE(
      (timers, executor, revision) ->
          new TinyPool(timers, executor, revision) {
            @Override
            Optional<TinyInstance> living(Key key) {
              return Optional.empty();
            }
          }),
  FORGETS_FENCES(
      (timers, executor, revision) ->
          new TinyPool(timers, executor, revision) {
            @Override
            void fence(Key key, int attempt) {
              // Forgotten.
            }
          }),
  LISTS_OTHER_CLUSTERS(
      (timers, executor, revision) ->
          new TinyPool(timers, executor, revision) {
            @Override
            boolean visible(Key key, String clusterId) {
              return true;
            }
          }),
  DELETES_SILENTLY(
      (timers, executor, revision) ->
          new TinyPool(timers, executor, revision) {
            @Override
            void tellDeleted(TinyInstance instance) {
              // Not told.
            }
          }),
  LOSES_DELETED_WHEN_COALESCING(rewriting(WatchInstancesResponse.class, Defect::withLastOnly)),
  TELLS_DELETED_TWICE(
      rewriting(WatchInstancesResponse.class, answer -> eachEvent(answer, e -> List.of(e, e)))),
  LETS_PHASES_GO_BACK(
      rewriting(
          WatchInstancesResponse.class, answer -> eachEvent(answer, e -> List.of(pending(e))))),
  STARTS_WATCHES_NOW(
      rewriting(WatchInstancesResponse.class, answer -> answer.toBuilder().clearEvents().build())),
  ANSWERS_IN_DISORDER(
      rewriting(
          CreateInstancesResponse.class,
          answer -> {
            var results = new ArrayList<>(answer.getResultsList());
            Collections.reverse(results);
            return CreateInstancesResponse.newBuilder().addAllResults(results).build();
          })),
  GIVES_ONE_PAGE_ONLY(
      rewriting(
          ListInstancesResponse.class, page -> page.toBuilder().clearNextPageToken().build())),
  IGNORES_TAIL(
      rewriting(ReadLogsRequest.class, request -> request.toBuilder().clearTailLines().build())),
  IGNORES_FILE_UPDATES(
      rewriting(
          UpdateFilesRequest.class,
          request -> {
            var ignored = request.toBuilder();
            ignored.getUpdatesBuilderList().forEach(update -> update.clearVolumes());
            return ignored.build();
          })),
  HIDES_THE_NEXT_ATTEMPT(
      rewriting(
          CreateInstancesResponse.class,
          answer -> {
            var hidden = answer.toBuilder();
            hidden.getResultsBuilderList().stream()
                .filter(result -> result.hasFailure())
                .forEach(result -> result.getFailureBuilder().clearMetadata());
            return hidden.build();
          }));

  private final TinyAdapter.PoolMaker pool;
  private final Optional<Rewriting<?>> rewriting;

  Defect(TinyAdapter.PoolMaker pool) {
    this.pool = pool;
    this.rewriting = Optional.empty();
  }

  Defect(Rewriting<?> rewriting) {
    this.pool = TinyPool::new;
    this.rewriting = Optional.of(rewriting);
  }

  TinyAdapter adapter() throws IOException {
    return new TinyAdapter(
        pool,
        definition ->
            rewriting
                .map(broken -> ServerInterceptors.intercept(definition, broken))
                .orElse(definition));
  }

  private static <M> Rewriting<M> rewriting(Class<M> type, UnaryOperator<M> change) {
    return new Rewriting<>(type, change);
  }

  private static WatchInstancesResponse eachEvent(
      WatchInstancesResponse answer,
      java.util.function.Function<InstanceEvent, List<InstanceEvent>> change) {
    return answer.toBuilder()
        .clearEvents()
        .addAllEvents(
            answer.getEventsList().stream().flatMap(e -> change.apply(e).stream()).toList())
        .build();
  }

  private static WatchInstancesResponse withLastOnly(WatchInstancesResponse answer) {
    int events = answer.getEventsCount();
    return events < 2
        ? answer
        : answer.toBuilder().clearEvents().addEvents(answer.getEvents(events - 1)).build();
  }

  private static InstanceEvent pending(InstanceEvent event) {
    var changed = event.toBuilder();
    if (event.getKind() == InstanceEvent.Kind.DELETED) {
      changed.getInstanceBuilder().setPhase(InstancePhase.INSTANCE_PHASE_PENDING);
    }
    return changed.build();
  }
}
