package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.Limits;
import org.junit.jupiter.api.Test;

/** Who the adapter is and what it promises. */
public abstract class InfoContract extends ContractTopic {
  @Test
  void info_names_adapterAndContract() {
    GetInfoResponse info = info();

    assertThat(info.getAdapterName())
        .as("name: the scheme of providerIDs")
        .matches("[a-z][a-z0-9+.-]*");
    assertThat(info.getAdapterVersion()).as("version").isNotBlank();
    assertThat(info.getContractVersion()).as("version of the contract").matches("1\\.\\d+");
  }

  @Test
  void info_askedAgain_isTheSame() {
    assertThat(info()).isEqualTo(info());
  }

  @Test
  void limits_stayWithin_whatGrpcCarries() {
    Limits limits = info().getLimits();

    assertThat(limits.getBatchBytes()).as("batch_bytes").isBetween(0, 4 << 20);
    assertThat(limits.getInstanceBatchItems()).as("instance_batch_items").isNotNegative();
    assertThat(limits.getBackendBatchItems()).as("backend_batch_items").isNotNegative();
    assertThat(limits.getBackendIntervalMillis()).as("backend_interval_millis").isNotNegative();
    assertThat(limits.getRecordBatchItems()).as("record_batch_items").isNotNegative();
    assertThat(limits.getContainersPerInstance()).as("containers_per_instance").isNotNegative();
    assertThat(limits.getFileBytesPerInstance()).as("file_bytes_per_instance").isNotNegative();
  }

  @Test
  void capabilities_name_architecturesAndVolumesOnce() {
    assertThat(info().getCapabilities().getArchitecturesList())
        .as("architectures")
        .isNotEmpty()
        .doesNotHaveDuplicates();
    assertThat(info().getCapabilities().getVolumeSourcesList())
        .as("volume sources")
        .doesNotHaveDuplicates()
        .allMatch(source -> source.matches("[a-z][A-Za-z]+"));
    assertThat(info().getCapabilities().getPersistentVolumeSourcesList())
        .as("persistent volume sources")
        .doesNotHaveDuplicates()
        .allMatch(source -> source.matches("[a-z][A-Za-z]+"));
  }
}
