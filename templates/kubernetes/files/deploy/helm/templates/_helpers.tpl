{{- /* An install has a namespace of its own, so that names are plain: `app` is the app, `redis` its Redis. */ -}}

{{- define "facts" -}}
{{ .Files.Get "facts.yaml" }}
{{- end }}

{{- define "labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* The pod's part of the restricted Pod Security Standard; takes the number of the user. */ -}}
{{- define "pod.security" -}}
serviceAccountName: pods
automountServiceAccountToken: false
# Else the cluster would add variables of its own, such as REDIS_PORT.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{- define "container.security" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{- /* One process of the image; takes the root, the facts, its name and its process. */ -}}
{{- define "container" -}}
- name: {{ .name }}
  image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}"
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  command: {{ toJson .process.command }}
  envFrom:
    - configMapRef:
        name: settings
  env:
    {{- range $name, $value := .facts.fixed }}
    - name: {{ $name }}
      value: {{ $value | quote }}
    {{- end }}
    {{- range $name, $secret := .facts.secrets }}
    - name: {{ $name }}
      valueFrom:
        secretKeyRef:
          name: {{ $.root.Values.secretName }}
          key: {{ $name }}
          {{- if not $secret.required }}
          optional: true
          {{- end }}
    {{- end }}
  {{- with .process.port }}
  ports:
    - name: http
      containerPort: {{ . }}
  startupProbe:
    httpGet: { path: {{ $.process.live | quote }}, port: http }
    periodSeconds: 2
    failureThreshold: 60
  livenessProbe:
    httpGet: { path: {{ $.process.live | quote }}, port: http }
    periodSeconds: 10
    timeoutSeconds: 5
  readinessProbe:
    httpGet: { path: {{ $.process.ready | quote }}, port: http }
    periodSeconds: 5
    timeoutSeconds: 5
  {{- end }}
  {{- with .process.alive }}
  livenessProbe:
    exec:
      command: {{ toJson . }}
    initialDelaySeconds: 30
    periodSeconds: 30
    timeoutSeconds: 15
  {{- end }}
  resources: {{- toYaml .root.Values.resources | nindent 4 }}
  {{- include "container.security" . | nindent 2 }}
  volumeMounts:
    - name: tmp
      mountPath: /tmp
    {{- range $name, $storage := .root.Values.storage }}
    - name: {{ $name }}
      mountPath: {{ $storage.path }}
    {{- end }}
{{- end }}
