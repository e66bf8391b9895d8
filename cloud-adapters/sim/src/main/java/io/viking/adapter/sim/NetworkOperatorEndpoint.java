package io.viking.adapter.sim;

import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Page;
import io.viking.adapter.sim.network.dns.PrivateZones;
import io.viking.adapter.sim.network.lb.ByHand;
import io.viking.adapter.sim.network.outcome.Nothing;
import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.network.serve.OpenSockets;
import io.viking.adapter.sim.state.NetworkCommand;
import io.viking.adapter.sim.state.OwnedRecord;
import io.viking.adapter.sim.state.SetListener;
import io.viking.adapter.sim.state.SetRecord;
import io.viking.adapter.sim.state.StopLoadBalancer;
import io.viking.adapter.sim.v1.MakeLoadBalancerRequest;
import io.viking.adapter.sim.v1.MakeLoadBalancerResponse;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc.NetworkOperatorServiceImplBase;
import io.viking.adapter.sim.v1.RemoveLoadBalancerRequest;
import io.viking.adapter.sim.v1.RemoveLoadBalancerResponse;
import io.viking.adapter.sim.v1.SetListenerRequest;
import io.viking.adapter.sim.v1.SetListenerResponse;
import io.viking.adapter.sim.v1.SetRecordRequest;
import io.viking.adapter.sim.v1.SetRecordResponse;
import io.viking.adapter.sim.v1.ShowLoadBalancersRequest;
import io.viking.adapter.sim.v1.ShowLoadBalancersResponse;
import io.viking.adapter.sim.v1.ShowRecordsRequest;
import io.viking.adapter.sim.v1.ShowRecordsResponse;
import io.viking.adapter.sim.v1.ShowZonesRequest;
import io.viking.adapter.sim.v1.ShowZonesResponse;
import io.viking.adapter.sim.v1.ShownLoadBalancer;
import io.viking.adapter.sim.v1.ShownRecord;
import io.viking.adapter.sim.v1.ShownZone;
import io.viking.adapter.sim.v1.StopLoadBalancerRequest;
import io.viking.adapter.sim.v1.StopLoadBalancerResponse;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Record;
import java.util.List;

/** The console of the simulated network as calls. */
final class NetworkOperatorEndpoint extends NetworkOperatorServiceImplBase {
  /** Of what no cluster does. */
  private static final String BY_HAND = "";

  private final NetworkActs acts;
  private final OpenSockets sockets;

  NetworkOperatorEndpoint(NetworkActs acts, OpenSockets sockets) {
    this.acts = acts;
    this.sockets = sockets;
  }

  @Override
  public void makeLoadBalancer(
      MakeLoadBalancerRequest request, StreamObserver<MakeLoadBalancerResponse> caller) {
    if (request.getLayer() != Layer.LAYER_4 && request.getLayer() != Layer.LAYER_7) {
      throw Failures.exception(
          Failures.invalid("layer", request.getLayer().toString(), "give LAYER_4 or LAYER_7"));
    }
    LoadBalancerSpec spec =
        LoadBalancerSpec.newBuilder()
            .setName(request.getName())
            .setLayer(request.getLayer())
            .setIntranet(request.getIntranet())
            .build();
    String id =
        acts.run(
            BY_HAND,
            NetworkCommand.newBuilder().setMakeLoadBalancer(spec),
            (network, now) -> Outcome.done(network.loadBalancers().byHand().make(spec)));
    answer(caller, MakeLoadBalancerResponse.newBuilder().setCloudId(id).build());
  }

  @Override
  public void removeLoadBalancer(
      RemoveLoadBalancerRequest request, StreamObserver<RemoveLoadBalancerResponse> caller) {
    String id = request.getCloudId();
    acts.run(
        BY_HAND,
        NetworkCommand.newBuilder().setRemoveLoadBalancer(id),
        (network, now) -> done(network.loadBalancers().byHand().remove(id), noLoadBalancer(id)));
    answer(caller, RemoveLoadBalancerResponse.getDefaultInstance());
  }

  @Override
  public void stopLoadBalancer(
      StopLoadBalancerRequest request, StreamObserver<StopLoadBalancerResponse> caller) {
    String id = request.getCloudId();
    acts.run(
        BY_HAND,
        NetworkCommand.newBuilder()
            .setStopLoadBalancer(
                StopLoadBalancer.newBuilder().setCloudId(id).setStopped(request.getStopped())),
        (network, now) ->
            done(
                network.loadBalancers().byHand().stop(id, request.getStopped()),
                noLoadBalancer(id)));
    answer(caller, StopLoadBalancerResponse.getDefaultInstance());
  }

  @Override
  public void setListener(SetListenerRequest request, StreamObserver<SetListenerResponse> caller) {
    if (request.getPort() < 1 || request.getPort() > 65_535) {
      throw Failures.exception(
          Failures.invalid("port", Integer.toString(request.getPort()), "give 1 to 65535"));
    }
    String id = request.getCloudId();
    SetListener act =
        SetListener.newBuilder()
            .setCloudId(id)
            .setListener(
                Listener.newBuilder().setPort(request.getPort()).setProtocol(request.getProtocol()))
            .setRemove(request.getRemove())
            .build();
    acts.run(
        BY_HAND,
        NetworkCommand.newBuilder().setSetListener(act),
        (network, now) -> {
          ByHand byHand = network.loadBalancers().byHand();
          if (!byHand.has(id)) {
            return Outcome.refused(noLoadBalancer(id));
          }
          return done(
              byHand.set(act),
              request.getRemove()
                  ? missing("load balancer " + id + " has no listener on " + request.getPort())
                  : taken("load balancer " + id + " has a listener on " + request.getPort()));
        });
    answer(caller, SetListenerResponse.getDefaultInstance());
  }

  @Override
  public void setRecord(SetRecordRequest request, StreamObserver<SetRecordResponse> caller) {
    String zone = request.getZone();
    if (!PrivateZones.isName(zone)) {
      throw Failures.exception(
          Failures.invalid("zone", zone, "give a domain name without a trailing dot"));
    }
    SetRecord.Builder act = SetRecord.newBuilder().setZone(zone);
    if (request.hasBefore()) {
      act.setBefore(sound(request.getBefore(), zone));
    }
    if (request.hasAfter()) {
      act.setAfter(sound(request.getAfter(), zone));
    }
    SetRecord set = act.build();
    acts.run(
        BY_HAND,
        NetworkCommand.newBuilder().setSetRecord(set),
        (network, now) -> {
          boolean missing = request.hasBefore() && !network.zones().has(set);
          return done(
              network.zones().set(set),
              missing
                  ? missing("zone " + zone + " has no such record")
                  : taken("zone " + zone + " has that record already"));
        });
    answer(caller, SetRecordResponse.getDefaultInstance());
  }

  private static Record sound(Record record, String zone) {
    PrivateZones.fault(record, zone)
        .ifPresent(
            fault -> {
              throw Failures.exception(fault);
            });
    return record;
  }

  @Override
  public void showLoadBalancers(
      ShowLoadBalancersRequest request, StreamObserver<ShowLoadBalancersResponse> caller) {
    List<ByHand.Shown> all =
        acts.look((network, now) -> network.loadBalancers().byHand().show(now));
    ShowLoadBalancersResponse.Builder response = ShowLoadBalancersResponse.newBuilder();
    for (ByHand.Shown shown : all) {
      response.addLoadBalancers(
          ShownLoadBalancer.newBuilder()
              .setClusterId(shown.cluster())
              .setLoadBalancer(shown.all())
              .addAllSockets(sockets.of(shown.all())));
    }
    answer(caller, response.build());
  }

  @Override
  public void showZones(ShowZonesRequest request, StreamObserver<ShowZonesResponse> caller) {
    ShowZonesResponse.Builder response =
        ShowZonesResponse.newBuilder().setDnsAddress(sockets.dnsAddress());
    acts.look((network, now) -> network.zones().show())
        .forEach(
            zone ->
                response.addZones(
                    ShownZone.newBuilder()
                        .setCloudId(zone.cloudId())
                        .setName(zone.name())
                        .setClusterId(zone.cluster())
                        .setRecords(zone.records())));
    answer(caller, response.build());
  }

  @Override
  public void showRecords(ShowRecordsRequest request, StreamObserver<ShowRecordsResponse> caller) {
    Page<OwnedRecord> page =
        acts.look(
            (network, now) ->
                Page.of(
                    network
                        .zones()
                        .showRecords(request.getZone())
                        .orElseThrow(
                            () ->
                                Failures.exception(
                                    missing("there is no zone " + request.getZone()))),
                    0,
                    request.getPageSize(),
                    request.getPageToken()));
    ShowRecordsResponse.Builder response =
        ShowRecordsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items()
        .forEach(
            owned ->
                response.addRecords(
                    ShownRecord.newBuilder()
                        .setClusterId(owned.getCluster())
                        .setRecord(owned.getRecord())));
    answer(caller, response.build());
  }

  private static Outcome<Nothing> done(boolean done, CloudFailure otherwise) {
    return done ? Outcome.done(Nothing.NOTHING) : Outcome.refused(otherwise);
  }

  private static CloudFailure noLoadBalancer(String id) {
    return missing("there is no load balancer " + id);
  }

  private static CloudFailure missing(String sentence) {
    return CloudFailure.of(ErrorReason.ERROR_REASON_NOT_FOUND, sentence);
  }

  private static CloudFailure taken(String sentence) {
    return CloudFailure.of(ErrorReason.ERROR_REASON_FOREIGN, sentence);
  }

  private static <T> void answer(StreamObserver<T> caller, T answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }
}
