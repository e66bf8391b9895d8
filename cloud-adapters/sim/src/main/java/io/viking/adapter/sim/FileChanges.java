package io.viking.adapter.sim;

import com.google.protobuf.ByteString;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.core.Contents;
import io.viking.adapter.sim.spec.FileUpdates;
import io.viking.adapter.sim.state.FileUpdate;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.Update;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResponse;
import io.viking.cloud.v1.UpdateFilesResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of instances that run: understood outside the cloud's lock, then changed in one command.
 */
final class FileChanges {
  private final LiveCloud cloud;
  private final Front front;
  private final Sandboxes sandboxes;

  FileChanges(LiveCloud cloud, Front front, Sandboxes sandboxes) {
    this.cloud = cloud;
    this.front = front;
    this.sandboxes = sandboxes;
  }

  UpdateFilesResponse update(UpdateFilesRequest request) {
    String cluster = Scope.require(request.getClusterId());
    InfoEndpoint.checkBatch("updates", request.getUpdatesCount(), InfoEndpoint.BATCH_ITEMS);
    List<FileUpdates> parsed = new ArrayList<>();
    List<FileUpdate> updates = new ArrayList<>();
    Map<ByteString, ByteString> contents = new HashMap<>();
    for (UpdateFiles item : request.getUpdatesList()) {
      FileUpdates update = FileUpdates.parse(item);
      if (update instanceof FileUpdates.Understood understood) {
        updates.add(understood.update());
        contents.putAll(understood.contents());
      }
      parsed.add(update);
    }
    Iterator<Optional<CloudFailure>> outcomes = change(cluster, updates, contents).iterator();
    UpdateFilesResponse.Builder response = UpdateFilesResponse.newBuilder();
    for (int i = 0; i < parsed.size(); i++) {
      UpdateFilesResult.Builder result =
          UpdateFilesResult.newBuilder().setUid(request.getUpdates(i).getUid());
      Optional<CloudFailure> failure =
          switch (parsed.get(i)) {
            case FileUpdates.Understood ignored -> outcomes.next();
            case FileUpdates.Rejected rejected -> Optional.of(rejected.failure());
          };
      failure.ifPresent(f -> result.setFailure(front.item("UpdateFiles", f)));
      response.addResults(result);
    }
    return response.build();
  }

  private List<Optional<CloudFailure>> change(
      String cluster, List<FileUpdate> updates, Map<ByteString, ByteString> contents) {
    if (updates.isEmpty()) {
      return List.of();
    }
    return cloud.command(
        ignored ->
            at ->
                Record.newBuilder()
                    .setUpdate(
                        Update.newBuilder()
                            .setNow(at.toEpochMilli())
                            .setCluster(cluster)
                            .addAllUpdates(updates)
                            // All: one update of a batch may be the end of what another needs.
                            .addAllBlobs(Contents.blobs(contents)))
                    .build(),
        now ->
            at -> {
              List<Optional<CloudFailure>> outcomes = now.update(cluster, updates, contents, at);
              updates.forEach(update -> sandboxes.filesChanged(cluster, update.getUid(), now));
              return outcomes;
            });
  }
}
