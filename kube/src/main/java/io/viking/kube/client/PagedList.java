package io.viking.kube.client;

import io.kubernetes.client.common.KubernetesObject;
import java.util.function.Consumer;

/** Reads a whole list by the page. */
public final class PagedList<T extends KubernetesObject> {
  private static final int GONE = 410;
  private static final int NO_LIMIT = 0;

  private final ListWatch<T> source;
  private final int pageSize;

  public PagedList(ListWatch<T> source, int pageSize) {
    this.source = source;
    this.pageSize = pageSize;
  }

  /**
   * Hands over page by page. The server keeps a list's moment for some minutes only; when that is
   * over before the last page, it is begun again as one page.
   *
   * @param again called before that: forget what came so far
   * @return the list's resource version
   */
  public String forEachPage(Consumer<ObjectPage<T>> each, Runnable again) {
    ObjectPage<T> page = source.page(pageSize, "");
    each.accept(page);
    while (!page.continueToken().isEmpty()) {
      try {
        page = source.page(pageSize, page.continueToken());
      } catch (KubeApiException e) {
        if (e.code() != GONE) {
          throw e;
        }
        again.run();
        page = source.page(NO_LIMIT, "");
      }
      each.accept(page);
    }
    return page.resourceVersion();
  }
}
