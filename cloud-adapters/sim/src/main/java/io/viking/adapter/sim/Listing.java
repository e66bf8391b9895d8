package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.core.InstancePage;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists, page by page in the order of making. A token says where the listing began and where it
 * stands; the cloud keeps nothing for it.
 */
final class Listing {
  private static final int MOST_ITEMS = 1000;
  private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  private final LiveCloud cloud;

  Listing(LiveCloud cloud) {
    this.cloud = cloud;
  }

  ListInstancesResponse list(ListInstancesRequest request) {
    String cluster = Scope.require(request.getClusterId());
    if (request.getPageSize() < 0) {
      throw Failures.exception(
          Failures.invalid(
              "page_size", Integer.toString(request.getPageSize()), "it must be 0 or more"));
    }
    int size =
        request.getPageSize() == 0 ? MOST_ITEMS : Math.min(MOST_ITEMS, request.getPageSize());
    return cloud.read(
        now ->
            request.getUidsCount() > 0
                ? named(now, cluster, request)
                : page(now, cluster, size, request.getPageToken()));
  }

  private static ListInstancesResponse named(
      SimCloud cloud, String cluster, ListInstancesRequest request) {
    ListInstancesResponse.Builder response =
        ListInstancesResponse.newBuilder().setRevision(cloud.revision());
    request.getUidsList().stream()
        .distinct()
        .forEach(uid -> cloud.find(cluster, uid).ifPresent(response::addInstances));
    return response.build();
  }

  private static ListInstancesResponse page(
      SimCloud cloud, String cluster, int size, String token) {
    long revision = cloud.revision();
    long after = 0;
    if (!token.isEmpty()) {
      Matcher matcher = TOKEN.matcher(token);
      if (!matcher.matches()) {
        throw Failures.exception(
            Failures.invalid("page_token", token, "give the next_page_token of the page before"));
      }
      revision = Long.parseLong(matcher.group(1));
      after = Long.parseLong(matcher.group(2));
    }
    InstancePage page = cloud.list(cluster, after, size);
    return ListInstancesResponse.newBuilder()
        .addAllInstances(page.instances())
        .setNextPageToken(page.more() ? revision + "-" + page.lastSerial() : "")
        .setRevision(revision)
        .build();
  }
}
