package io.viking.syncer.network.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.syncer.network.service.ServiceReader;
import io.viking.syncer.network.service.TestObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsideTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Declaration WEB = declaration("web", 80);
  private static final Declaration LATE = declaration("late", 81);

  private final Aside aside = new Aside(NetworkConfig.DEFAULT);

  @Test
  void aReasonThatNobodyDeclared_isEverybodys() {
    send(WEB);
    aside.sentTaken();
    send(WEB, LATE);

    assertThat(refused(ErrorReason.ERROR_REASON_ACCOUNT)).isFalse();
    assertThat(refused(ErrorReason.ERROR_REASON_NOT_FOUND)).isFalse();
    assertThat(refused(ErrorReason.ERROR_REASON_FOREIGN)).isTrue();
  }

  @Test
  void whoIsAlone_isNotSetAside() {
    send(WEB);

    assertThat(refused(ErrorReason.ERROR_REASON_FOREIGN)).isFalse();
    assertThat(aside.isEmpty()).isTrue();
  }

  @Test
  void whatTheCloudHasTaken_isNotSetAside() {
    send(WEB, LATE);
    aside.sentTaken();
    send(WEB, LATE);

    assertThat(refused(ErrorReason.ERROR_REASON_INVALID_SPEC)).isFalse();
  }

  @Test
  void whatAListFound_isNotSetAside() {
    aside.found(Set.of(WEB.owner(), LATE.owner()));
    send(WEB, LATE);

    assertThat(refused(ErrorReason.ERROR_REASON_INVALID_SPEC)).isFalse();
  }

  @Test
  void whatMayHaveBeenTaken_staysWhileTheNextIsRefused_untilItIsRefusedItself() {
    Declaration more = declaration("late", 83);
    send(WEB);
    aside.sentTaken();
    send(WEB, LATE);
    aside.sentInDoubt();
    send(WEB, more);
    refused(ErrorReason.ERROR_REASON_FOREIGN);
    assertThat(aside.choose(List.of(WEB, more), true, later(1))).containsExactly(WEB, LATE);

    aside.sending();
    refused(ErrorReason.ERROR_REASON_FOREIGN);

    assertThat(aside.choose(List.of(WEB, more), true, later(1))).containsExactly(WEB);
  }

  @Test
  void whatWasTooMuch_isTriedAsSoonAsSomebodyLeaves() {
    Declaration leaver = declaration("leaver", 82);
    send(WEB, leaver);
    aside.sentTaken();
    send(WEB, leaver, LATE);
    assertThat(refused(ErrorReason.ERROR_REASON_QUOTA_EXCEEDED)).isTrue();

    assertThat(aside.choose(List.of(WEB, leaver, LATE), true, later(5)))
        .containsExactly(WEB, leaver);
    assertThat(aside.choose(List.of(WEB, LATE), true, later(6))).containsExactly(WEB, LATE);
  }

  @Test
  void whatIsRefusedAgain_waitsLonger() {
    send(WEB);
    aside.sentTaken();
    send(WEB, LATE);
    refused(ErrorReason.ERROR_REASON_FOREIGN);
    Instant first = aside.next().orElseThrow();
    aside.choose(List.of(WEB, LATE), true, first);
    aside.sending();
    aside.refused(failure(ErrorReason.ERROR_REASON_FOREIGN), first);

    assertThat(Duration.between(first, aside.next().orElseThrow()))
        .isGreaterThan(Duration.between(NOW, first));
  }

  @Test
  void whenWhatAllDependOnIsAnother_allAreDue() {
    send(WEB);
    aside.sentTaken();
    send(WEB, LATE);
    refused(ErrorReason.ERROR_REASON_INVALID_SPEC);
    aside.retry(later(2));

    assertThat(aside.choose(List.of(WEB, LATE), true, later(2))).containsExactly(WEB, LATE);
  }

  @Test
  void ofThoseThatWereRefused_theOneThatWaitsLongestIsTried() {
    Declaration other = declaration("an-older-one", 82);
    send(WEB);
    aside.sentTaken();
    send(WEB, LATE);
    refused(ErrorReason.ERROR_REASON_FOREIGN);
    aside.choose(List.of(WEB, LATE, other), true, NOW);
    aside.sending();
    aside.refused(failure(ErrorReason.ERROR_REASON_FOREIGN), later(3));

    aside.choose(List.of(WEB, LATE, other), true, later(3600));

    assertThat(aside.tried()).contains(LATE.owner());
  }

  @Test
  void whileTheWholeIsInTrouble_nothingIsTried() {
    send(WEB);
    aside.sentTaken();
    send(WEB, LATE);
    refused(ErrorReason.ERROR_REASON_FOREIGN);

    assertThat(aside.choose(List.of(WEB, LATE), false, later(3600))).containsExactly(WEB);
  }

  private void send(Declaration... declarations) {
    aside.choose(List.of(declarations), true, NOW);
    aside.sending();
  }

  private boolean refused(ErrorReason reason) {
    return aside.refused(failure(reason), NOW);
  }

  private static CloudFailure failure(ErrorReason reason) {
    return CloudFailure.of(reason, "for a test");
  }

  private static Instant later(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  private static Declaration declaration(String name, int port) {
    return new Declaration.OfService(
        ServiceReader.read(
            TestObjects.service(
                name,
                "\"type\": \"LoadBalancer\", \"ports\": [{\"port\": %d}]".formatted(port),
                "")));
  }
}
