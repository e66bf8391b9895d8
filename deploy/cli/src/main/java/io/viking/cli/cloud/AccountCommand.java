package io.viking.cli.cloud;

import io.viking.cli.output.Table;
import io.viking.cloud.v1.CallCount;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.cloud.v1.Quota;
import java.io.IOException;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "account",
    header = "Show what the cloud has billed, its quotas, and the calls it received.",
    footerHeading = "%nExamples:%n",
    footer = {"  viking cloud account", "  viking cloud account -o json | jq .spentNanos"})
final class AccountCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudView cloud;

  @Option(names = "--all", description = "The whole account, not only what this cluster used.")
  private boolean all;

  @Override
  public Integer call() throws IOException {
    return cloud.show(
        (channel, clusterId) ->
            CatalogServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .getAccount(
                    GetAccountRequest.newBuilder().setClusterId(all ? "" : clusterId).build()),
        AccountCommand::text);
  }

  static String text(GetAccountResponse account) {
    var text = new StringBuilder();
    text.append(
        """
        spent            %s
        spending         %s per hour
        instances        %d live, %d since the account began
        instance time    %.2f h
        """
            .formatted(
                Money.amount(account.getSpentNanos(), account.getCurrency()),
                Money.perHour(account.getSpendingNanosPerSecond(), account.getCurrency()),
                account.getLiveInstances(),
                account.getCreatedInstances(),
                account.getInstanceSeconds() / 3600.0));
    if (account.getQuotasCount() > 0) {
      var quotas = new Table("QUOTA", "USED", "LIMIT");
      for (Quota quota : account.getQuotasList()) {
        quotas.row(
            quota.getName(),
            Long.toString(quota.getUsed()),
            quota.getLimit() < 0 ? "none" : Long.toString(quota.getLimit()));
      }
      text.append('\n').append(quotas);
    }
    if (account.getCallsCount() > 0) {
      var calls = new Table("CALL", "RECEIVED", "THROTTLED", "FAILED");
      new TreeMap<>(account.getCallsMap())
          .forEach(
              (String method, CallCount count) ->
                  calls.row(
                      method,
                      Long.toString(count.getReceived()),
                      Long.toString(count.getThrottled()),
                      Long.toString(count.getFailed())));
      text.append('\n').append(calls);
    }
    return text.toString();
  }
}
