package io.viking.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columns_areAsWideAsTheirWidestCell_andEmptyCellsShow() {
    var table = new Table("NAME", "STATE").row("etcd", "ready").row("kube-apiserver", "");

    assertThat(table.lines())
        .containsExactly("NAME             STATE", "etcd             ready", "kube-apiserver   -");
  }

  @Test
  void row_ofAnotherWidth_isRefused() {
    assertThatThrownBy(() -> new Table("A", "B").row("1"))
        .hasMessage("a row of 1 cells under a header of 2");
  }
}
