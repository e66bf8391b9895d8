package io.viking.simulation.cloud;

import io.viking.adapter.sim.core.CatalogView;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.simulation.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The catalog as it is published: what changes within a pause comes together. */
public final class CatalogBoard {
  /** Stock and addresses change with each pod; nobody waits for them this long in vain. */
  private static final long PAUSE_MILLIS = 2000;

  private final Timeline time;
  private final SimCloud cloud;
  private final List<Consumer<CatalogSnapshot>> readers = new ArrayList<>();
  private CatalogSnapshot shown;
  private boolean due;

  CatalogBoard(Timeline time, SimCloud cloud) {
    this.time = time;
    this.cloud = cloud;
    CatalogView whole = cloud.catalog();
    this.shown =
        CatalogSnapshot.of(
            GetCatalogResponse.newBuilder()
                .setRevision(1)
                .addAllZones(whole.zones())
                .addAllInstanceTypes(whole.types())
                .addAllOffers(whole.offers())
                .addAllQuotas(whole.quotas())
                .build());
  }

  public CatalogSnapshot shown() {
    return shown;
  }

  public void read(Consumer<CatalogSnapshot> reader) {
    readers.add(reader);
  }

  public void unread(Consumer<CatalogSnapshot> reader) {
    readers.remove(reader);
  }

  /** Something may have changed. */
  void changed() {
    if (!due) {
      due = true;
      time.after(PAUSE_MILLIS, this::publish);
    }
  }

  private void publish() {
    due = false;
    CatalogView news = cloud.drainCatalog();
    if (news.items().isEmpty()) {
      return;
    }
    shown =
        shown.with(
            WatchCatalogResponse.newBuilder()
                .setRevision(shown.revision() + 1)
                .addAllZones(news.zones())
                .addAllInstanceTypes(news.types())
                .addAllOffers(news.offers())
                .addAllQuotas(news.quotas())
                .build());
    readers.forEach(reader -> reader.accept(shown));
  }
}
