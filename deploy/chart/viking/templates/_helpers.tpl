{{/* Names, labels, and what the pods of all parts have in common. */}}

{{- define "viking.name" -}}
{{- if contains "viking" .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-viking" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "viking.labels" -}}
app.kubernetes.io/name: viking
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: viking
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Of (list root component). */}}
{{- define "viking.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: viking
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "viking.serviceAccount" -}}
{{- $root := index . 0 -}}
{{ include "viking.name" $root }}-{{ index . 1 }}
{{- end }}

{{- define "viking.adapterAddress" -}}
{{- if .Values.adapter.address -}}
{{ .Values.adapter.address }}
{{- else -}}
tcp:{{ include "viking.name" . }}-adapter.{{ .Release.Namespace }}.svc:{{ .Values.adapter.port }}
{{- end -}}
{{- end }}

{{- define "viking.tlsSecret" -}}
{{- .Values.tls.existingSecret | default (printf "%s-client-tls" (include "viking.name" .)) -}}
{{- end }}

{{- define "viking.adapterTlsSecret" -}}
{{- .Values.tls.adapterExistingSecret | default (printf "%s-adapter-tls" (include "viking.name" .)) -}}
{{- end }}

{{- define "viking.kubeletSecret" -}}
{{- .Values.syncer.kubelet.existingSecret | default (printf "%s-kubelet-tls" (include "viking.name" .)) -}}
{{- end }}

{{/* The PEM that the API server's client certificate is verified by; "" if nobody knows it. */}}
{{- define "viking.kubeletClientCa" -}}
{{- if .Values.syncer.kubelet.clientCa -}}
{{ .Values.syncer.kubelet.clientCa }}
{{- else -}}
{{- with lookup "v1" "ConfigMap" "kube-system" "extension-apiserver-authentication" -}}
{{ index .data "client-ca-file" }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Metadata of a pod: of (list root component). */}}
{{- define "viking.podMetadata" -}}
{{- $root := index . 0 -}}
labels:
  {{- include "viking.labels" $root | nindent 2 }}
  app.kubernetes.io/component: {{ index . 1 }}
{{- if $root.Values.metrics.scrapeAnnotations }}
annotations:
  prometheus.io/scrape: "true"
  prometheus.io/port: {{ $root.Values.metrics.port | quote }}
  prometheus.io/path: /metrics
{{- end }}
{{- end }}

{{/* What the spec of each pod begins with: of (list root component values). */}}
{{- define "viking.podSpec" -}}
{{- $root := index . 0 -}}
{{- $values := index . 2 -}}
serviceAccountName: {{ include "viking.serviceAccount" (list $root (index . 1)) }}
automountServiceAccountToken: {{ ne (index . 1) "adapter" }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile: {type: RuntimeDefault}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector: {{ toJson . }}
{{- end }}
{{- with $values.tolerations }}
tolerations: {{ toJson . }}
{{- end }}
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "viking.selector" (list $root (index . 1)) | nindent 14 }}
{{- end }}

{{/* What each container has: of (list root values). */}}
{{- define "viking.container" -}}
{{- $root := index . 0 -}}
{{- $values := index . 1 -}}
image: "{{ $root.Values.image.repository }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}"
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
resources: {{ toJson $values.resources }}
livenessProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
readinessProbe:
  httpGet: {path: /readyz, port: http}
  periodSeconds: 5
  timeoutSeconds: 5
startupProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 2
  failureThreshold: 60
{{- end }}

{{- define "viking.processArgs" -}}
- --log-format={{ .Values.logFormat }}
- --http-address=0.0.0.0
- --http-port={{ .Values.metrics.port }}
{{- end }}
