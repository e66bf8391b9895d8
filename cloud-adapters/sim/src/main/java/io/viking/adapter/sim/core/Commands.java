package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.Create;
import io.viking.adapter.sim.state.Delete;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.Update;
import java.time.Instant;

/** Commands as they are journalled. */
final class Commands {
  private Commands() {}

  static void replay(SimCloud cloud, Record command) {
    switch (command.getKindCase()) {
      case CREATE -> {
        Create create = command.getCreate();
        cloud.create(
            create.getCluster(),
            create.getOrdersList(),
            Contents.byHash(create.getBlobsList()),
            Instant.ofEpochMilli(create.getNow()));
      }
      case DELETE -> {
        Delete delete = command.getDelete();
        cloud.delete(
            delete.getCluster(), delete.getOrdersList(), Instant.ofEpochMilli(delete.getNow()));
      }
      case UPDATE -> {
        Update update = command.getUpdate();
        cloud.update(
            update.getCluster(),
            update.getUpdatesList(),
            Contents.byHash(update.getBlobsList()),
            Instant.ofEpochMilli(update.getNow()));
      }
      case OPERATE -> cloud.operate(command.getOperate());
      case NETWORK_COMMAND -> {
        cloud.advance(Instant.ofEpochMilli(command.getNetworkCommand().getNow()));
        cloud.network().replay(command.getNetworkCommand());
      }
      case HEADER,
          OFFER,
          ZONE,
          VSWITCH,
          METER,
          FENCE,
          INSTANCE,
          NETWORK,
          LOAD_BALANCER,
          ZONE_OF_RECORDS,
          END,
          BLOB,
          KIND_NOT_SET ->
          throw new SnapshotException(command.getKindCase() + " stands where a command should");
    }
  }
}
