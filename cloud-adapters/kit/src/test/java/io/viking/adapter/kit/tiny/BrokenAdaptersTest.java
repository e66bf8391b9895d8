package io.viking.adapter.kit.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.viking.adapter.kit.contract.AdapterUnderTest;
import io.viking.adapter.kit.contract.FilesContract;
import io.viking.adapter.kit.contract.InstanceCreationContract;
import io.viking.adapter.kit.contract.InstanceDeletionContract;
import io.viking.adapter.kit.contract.InstanceListContract;
import io.viking.adapter.kit.contract.InstanceWatchContract;
import io.viking.adapter.kit.contract.LogsContract;
import io.viking.adapter.kit.contract.ScopeContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract's tests can fail, each for its own reason: adapters with one defect are caught. */
class BrokenAdaptersTest {
  private static Defect defect = Defect.BUYS_TWICE;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BUYS_TWICE             | Creation | createAgain_sameAttempt_answersWithTheSameInstance | created
          BUYS_TWICE             | Creation | create_sixteenTimesAtOnce_buysOne                  | to contain only
          FORGETS_FENCES         | Deletion | delete_ofWhatIsNotThere_fencesACreateThatComesLate | is refused
          FORGETS_FENCES         | Deletion | delete_whileCreating_leavesNothing                 | is refused
          FORGETS_FENCES         | Creation | createAgain_whenTheInstanceHasEnded_isSpent        | is refused
          LISTS_OTHER_CLUSTERS   | Scope    | otherCluster_sees_noInstances                      | empty
          DELETES_SILENTLY       | Watching | watch_tellsALife_inOrder_andItsEndOnce             | DELETED event of
          DELETES_SILENTLY       | Deletion | delete_ofARunningInstance_endsWithItsFinalState    | DELETED event of
          LOSES_DELETED_WHEN_COALESCING | Watching | watch_readSlowly_tellsEveryEndOnce          | a DELETED event for each instance
          TELLS_DELETED_TWICE    | Deletion | delete_again_isDone_andToldOnce                    | Expected size: 1
          TELLS_DELETED_TWICE    | Watching | watch_tellsALife_inOrder_andItsEndOnce             | revision of
          LETS_PHASES_GO_BACK    | Watching | watch_tellsALife_inOrder_andItsEndOnce             | phase of
          STARTS_WATCHES_NOW     | Watching | watch_fromTheListsRevision_missesNothing           | between list and watch
          STARTS_WATCHES_NOW     | Watching | watch_resumed_goesOnWhereItStopped                 | Running
          ANSWERS_IN_DISORDER    | Creation | batch_answersInOrder_andFailsItemByItem            | exactly
          GIVES_ONE_PAGE_ONLY    | Listing  | pages_showEveryInstanceOnce_atTheRevisionOfTheFirst | to contain
          IGNORES_TAIL           | Logs     | tail_givesTheLastLines                             | line 1
          IGNORES_FILE_UPDATES   | Files    | update_replacesTheWholeVolume                      | empty
          HIDES_THE_NEXT_ATTEMPT | Creation | createAgain_whenTheInstanceHasEnded_isSpent        | next_attempt
          """)
  void brokenAdapter_failsTheTestOfWhatItBreaks(
      Defect broken, String topic, String test, String message) throws Exception {
    defect = broken;

    TestExecutionSummary summary = run(topic(topic), test);

    assertThat(summary.getTestsStartedCount()).as("tests of that name").isEqualTo(1);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getException()).hasMessageContaining(message));
  }

  private static TestExecutionSummary run(Class<?> topic, String test) {
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectMethod(topic, test)).build(),
            listener);
    return listener.getSummary();
  }

  private static Class<?> topic(String name) {
    return List.<Class<?>>of(
            Creation.class,
            Deletion.class,
            Scope.class,
            Watching.class,
            Listing.class,
            Logs.class,
            Files.class)
        .stream()
        .filter(topic -> topic.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static class Creation extends InstanceCreationContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return broken();
    }
  }

  static class Deletion extends InstanceDeletionContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return broken();
    }
  }

  static class Scope extends ScopeContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return broken();
    }
  }

  static class Watching extends InstanceWatchContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return broken();
    }
  }

  static class Listing extends InstanceListContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return broken();
    }
  }

  static class Logs extends LogsContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return broken();
    }
  }

  static class Files extends FilesContract {
    @Override
    protected AdapterUnderTest startAdapter() throws Exception {
      return broken();
    }
  }

  private static AdapterUnderTest broken() throws Exception {
    return defect.adapter().waitingAtMost(Duration.ofSeconds(3));
  }
}
