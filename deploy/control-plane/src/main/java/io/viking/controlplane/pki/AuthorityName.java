package io.viking.controlplane.pki;

/**
 * The certificate authorities of a cluster. They are apart because trust is: whoever holds a client
 * certificate of the cluster must be neither a client of etcd nor a front proxy, who may claim to
 * be anyone.
 */
public enum AuthorityName {
  /** Signs the API server, its clients, and the kubelet API. */
  CLUSTER("ca", "viking"),
  /** Signs the client that forwards users' identities to aggregated API servers. */
  FRONT_PROXY("front-proxy-ca", "viking-front-proxy"),
  /** Signs etcd and its one client. */
  ETCD("etcd-ca", "viking-etcd"),
  /** Signs the cloud's adapter and its callers, where they talk over TCP. */
  ADAPTER("adapter-ca", "viking-adapter");

  private final String file;
  private final String commonName;

  AuthorityName(String file, String commonName) {
    this.file = file;
    this.commonName = commonName;
  }

  String file() {
    return file;
  }

  String commonName() {
    return commonName;
  }
}
