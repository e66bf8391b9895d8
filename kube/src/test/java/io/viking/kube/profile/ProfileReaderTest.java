package io.viking.kube.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {
  @Test
  void keysOfAServerlessCluster_areDefaults() {
    var reading =
        ProfileReader.read(
            Map.of(
                "kube-proxy", "true",
                "privatezone", "true",
                "quota-cpu", "192000",
                "quota-memory", "640Ti",
                "quota-pods", "4000",
                "region", "cn-hangzhou",
                "resourcegroup", "rg-1",
                "securitygroup", "sg-1",
                "vpc", "vpc-1",
                "vswitch", "vsw-x,vsw-y"));

    assertThat(reading.flaws()).isEmpty();
    assertThat(reading.unknown()).isEmpty();
    assertThat(reading.profile().defaults())
        .containsOnly(
            entry("k8s.aliyun.com/eci-security-group", "sg-1"),
            entry("k8s.aliyun.com/eci-vswitch", "vsw-x,vsw-y"),
            entry("k8s.aliyun.com/eci-resource-group-id", "rg-1"),
            entry("k8s.aliyun.com/eci-kube-proxy-enabled", "true"));
  }

  @Test
  void keysOfAVirtualNode_areTheSame() {
    var reading =
        ProfileReader.read(
            Map.of(
                "vpcId",
                "vpc-1",
                "securityGroupId",
                "sg-1",
                "vswitchIds",
                "vsw-1",
                "enableClusterIp",
                "true",
                "enableHybridMode",
                "false",
                "enablePrivateZone",
                "false",
                "selectors",
                """
                [{"name": "batch",
                  "namespaceSelector": {"matchLabels": {"team": "a"}},
                  "objectSelector": {"matchLabels": {"tier": "batch"}},
                  "effect": {"annotations": {"k8s.aliyun.com/eci-spot-strategy": "SpotAsPriceGo"},
                             "labels": {"cost": "low"}}}]
                """));

    assertThat(reading.flaws()).isEmpty();
    assertThat(reading.unknown()).isEmpty();
    assertThat(reading.profile().defaults())
        .containsEntry("k8s.aliyun.com/eci-security-group", "sg-1");
    assertThat(reading.profile().rules())
        .containsExactly(
            new ProfileRule(
                "batch",
                Map.of("team", "a"),
                Map.of("tier", "batch"),
                new Additions(
                    Map.of("cost", "low"),
                    Map.of("k8s.aliyun.com/eci-spot-strategy", "SpotAsPriceGo"))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          securitygroup | group-1 | securitygroup is "group-1", but must be 1 to 5, separated by commas, each the id of
          vswitchIds | vsw-a,,vsw-b | vswitchIds is "vsw-a,,vsw-b", but must be 1 to 10
          resourcegroup | x | resourcegroup is "x", but must be the id of a resource group
          vpc | x | vpc is "x", but must be the id of a VPC
          region | Hangzhou | region is "Hangzhou", but must be the id of a region
          kube-proxy | on | kube-proxy is "on", but must be true or false
          privatezone | yes | privatezone is "yes", but must be true or false
          enableHybridMode | 1 | enableHybridMode is "1", but must be true or false
          quota-cpu | many | quota-cpu is "many", but must be a number of vCPUs
          quota-memory | 1TB | quota-memory is "1TB", but must be a quantity of bytes
          quota-pods | -1 | quota-pods is "-1", but must be a number of pods
          selectors | {} | selectors is no JSON list
          selectors | [{ | selectors is no JSON list
          selectors | [1] | selectors[0] is 1, but must be a JSON object
          selectors | [{"effects":{}}] | selectors[0].effects is not known; there are name, namespaceSelector
          selectors | [{"effect":{"labels":{"a":"b"}}}] | selectors[0] selects nothing in particular
          selectors | [{"objectSelector":{"matchLabels":{"a":"b"}}}] | selectors[0].effect adds nothing
          selectors | [{"objectSelector":{"matchExpressions":[]}}] | selectors[0].objectSelector.matchExpressions is not known
          selectors | [{"objectSelector":{"matchLabels":{"a":1}},"effect":{"labels":{"a":"b"}}}] | selectors[0].objectSelector.matchLabels[a] is 1, but must be a text
          selectors | [{"objectSelector":{"matchLabels":{"a":"b"}},"effect":{"labels":{"a":"b c"}}}] | selectors[0].effect.labels[a] is "b c", which is no value of a label
          selectors | [{"objectSelector":{"matchLabels":{"a":"b"}},"effect":{"labels":{"a b":"c"}}}] | selectors[0].effect.labels has the key "a b", which is none
          selectors | [{"objectSelector":{"matchLabels":{"a":"b"}},"effect":{"annotations":{"viking.io/zones":"h"}}}] | has the key viking.io/zones, which is written by the platform
          selectors | [{"objectSelector":{"matchLabels":{"a":"b"}},"effect":{"annotations":{"k8s.aliyun.com/eci-with-eip":"1"}}}] | annotation k8s.aliyun.com/eci-with-eip is "1", but must be true or false
          """)
  void flaw_namesKeyValueAndWayOut_andNothingIsTakenOfIt(String key, String value, String message) {
    var reading = ProfileReader.read(Map.of(key, value));

    assertThat(reading.flaws()).isNotEmpty();
    assertThat(String.join("; ", reading.flaws())).contains(message);
    assertThat(reading.profile()).isEqualTo(ClusterProfile.NONE);
  }

  @Test
  void oneThingSaidTwiceAndDifferently_isAFlaw() {
    assertThat(
            ProfileReader.read(Map.of("securitygroup", "sg-1", "securityGroupId", "sg-2")).flaws())
        .containsExactly(
            "securitygroup is \"sg-1\" and securityGroupId is \"sg-2\", but they are one: leave out"
                + " one of the two");
    assertThat(
            ProfileReader.read(Map.of("securitygroup", "sg-1", "securityGroupId", "sg-1")).flaws())
        .isEmpty();
  }

  @Test
  void partsThatCanBeUnderstood_areReadBesideThoseThatCannot() {
    var reading = ProfileReader.read(Map.of("securitygroup", "sg-1", "vswitch", "x"));

    assertThat(reading.flaws()).hasSize(1);
    assertThat(reading.profile().defaults())
        .containsOnly(entry("k8s.aliyun.com/eci-security-group", "sg-1"));
  }

  @Test
  void keyThatIsNotKnown_isTold() {
    assertThat(ProfileReader.read(Map.of("securityGroup", "sg-1")).unknown())
        .containsExactly("securityGroup");
  }
}
