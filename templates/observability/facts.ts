import { defineFacts, dependency } from '#core/facts.ts';
import { lifespan, outermost } from '../backend/kinds.ts';
import { around, fixture, ignored, logProcessor, section, setting, settings } from '../base/kinds.ts';
import { secret } from '../docker/kinds.ts';
import { fetched, outbound } from '../kubernetes/kinds.ts';
import { redisClient } from '../redis/kinds.ts';
import { jobContext, leadContext } from '../scheduler/kinds.ts';
import { taskMiddleware } from '../worker/kinds.ts';
import module from './module.ts';

const GROUP = 'Observability';
const FOLDER = 'app.components.observability';
const SENDS = ['otlp', 'both'] as const;
const IS_FETCHED = ['prometheus', 'both'] as const;
const SENT = { option: 'exporter', is: SENDS } as const;
const FETCHED = { option: 'exporter', is: IS_FETCHED } as const;
const SENTRY = { option: 'sentry', is: [true] } as const;

export default defineFacts(
  module,
  (options) => [
    // The project's own listeners on OpenTelemetry: its contributed instrumentations, and FastAPI's own, put
    // addresses with their query strings on spans.
    dependency({ name: 'opentelemetry-api' }),
    dependency({ name: 'opentelemetry-sdk' }),
    ...settings({ module: `${FOLDER}.settings`, name: 'ObservabilitySettings' }),
    ...lifespan({ module: `${FOLDER}.run`, name: 'observability_lifespan' }),
    ...outermost({ module: `${FOLDER}.http`, name: 'TraceMiddleware' }),
    ...around({ module: `${FOLDER}.run`, name: 'observed' }),
    ...logProcessor({ module: `${FOLDER}.logs`, name: 'add_trace' }),
    redisClient({ module: `${FOLDER}.commands`, name: 'TracedRedis' }),
    ...taskMiddleware({ module: `${FOLDER}.tasks`, name: 'TaskTraces' }),
    ...jobContext({ module: `${FOLDER}.jobs`, name: 'observed_job' }),
    ...leadContext({ module: `${FOLDER}.lead`, name: 'observed_lead' }),
    fixture({ module: 'tests.plugins.observability' }),
    ignored({ pattern: '/logs/' }),
    setting({
      name: 'OTEL_SERVICE_NAME',
      value: '',
      comment: 'what the app is called in traces and metrics; empty for the name of the project',
      group: GROUP,
    }),
    ...options.when('exporter', SENDS, [
      // Over HTTP: it needs no compiled package, and any collector takes it.
      dependency({ name: 'opentelemetry-exporter-otlp-proto-http' }),
      dependency({ name: 'opentelemetry-proto', group: 'dev' }),
      outbound({ port: '4318', because: 'traces and metrics go to OTEL_EXPORTER_OTLP_ENDPOINT' }),
      setting({
        name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        value: '',
        comment: 'the collector, such as http://localhost:4318; nothing is sent where it is empty',
        group: GROUP,
      }),
      ...secret({
        name: 'OTEL_EXPORTER_OTLP_HEADERS',
        value: '',
        comment: 'what is sent along, such as a key: name=value,name=value',
        group: GROUP,
      }),
      setting({
        name: 'OTEL_TRACES_SAMPLER_ARG',
        value: '1',
        comment: 'which share of the traces is kept, from 0 to 1',
        group: GROUP,
      }),
    ]),
    ...options.when('exporter', IS_FETCHED, [
      // The same measurements as by OTLP, as Prometheus reads them.
      dependency({ name: 'opentelemetry-exporter-prometheus' }),
      dependency({ name: 'prometheus-client' }),
      fetched({ metrics: '/metrics' }),
      setting({
        name: 'OTEL_EXPORTER_PROMETHEUS_HOST',
        value: '127.0.0.1',
        comment: 'where /metrics is answered; 0.0.0.0 in a container whose port is not published',
        group: GROUP,
        deployed: '0.0.0.0',
      }),
      setting({
        name: 'OTEL_EXPORTER_PROMETHEUS_PORT',
        value: '9464',
        comment: 'the port of /metrics; the next ones are those of the processes beside the app; 0 for none',
        group: GROUP,
      }),
    ]),
    ...options.when(
      'sentry',
      [true],
      [
        dependency({ name: 'sentry-sdk' }),
        ...logProcessor({ module: `${FOLDER}.sentry`, name: 'tell_sentry' }),
        outbound({ port: '443', because: 'errors go to SENTRY_DSN' }),
        setting({
          name: 'SENTRY_DSN',
          value: '',
          comment: 'where errors are sent, as Sentry says it; nowhere where it is empty',
          group: GROUP,
        }),
      ],
    ),
    ...options.with('exporter', (exporter) => [
      section({
        title: 'Observability',
        lines: [
          ...(exporter === 'prometheus'
            ? [
                'No trace leaves the app, but every line of the log names one: it holds a request and the tasks it sent together.',
              ]
            : [
                'Each request is a trace, to which its statements and the tasks it sends belong; so is each run of a job. Traces go to',
                '`OTEL_EXPORTER_OTLP_ENDPOINT`, and nowhere while it is empty. A collector that is away costs no request anything: what',
                'cannot be sent is dropped, and the log says so.',
              ]),
          'Each line of the log has the `trace_id` and the `request_id`, which every answer has as `X-Request-ID`.',
          '',
          ...(exporter === 'otlp'
            ? ['Metrics go the same way, once a minute.']
            : [
                'Metrics stand at `/metrics`, on a port of their own so that nobody outside can ask for them: 9464 for the app, the next',
                'ones for the processes beside it. They answer on loopback; where Prometheus is elsewhere, such as in a cluster, set',
                '`OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0` and keep those ports inside. Of several workers on one machine the first one',
                'answers; in containers each does.',
              ]),
          'Routes are told apart by their templates. No address, query string, header, cookie or body is on any span or metric, and of',
          'statements there is the text without its values.',
          '',
          '### Dashboards, in containers',
          '',
          'On Linux, beside an app that runs on this machine:',
          '',
          '```sh',
          'docker compose -f deploy/observability/compose.yaml --profile observability up --detach',
          'mkdir -p logs && make serve 2>&1 | tee -a logs/app.log',
          '```',
          '',
          'Grafana is at <http://localhost:3000>, with a dashboard of this app; Prometheus at port 9090. Alloy sends what stands in `logs/`',
          exporter === 'prometheus'
            ? 'to Loki.'
            : 'to Loki, and traces to Tempo once `.env` says `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318`.',
          exporter === 'otlp'
            ? 'The rules of Prometheus are checked by its own tool; the files of Grafana, Loki, Tempo and Alloy, and the way that metrics take by OTLP into Prometheus, by their shape alone.'
            : 'The configuration of Prometheus, its rules and every expression of the dashboard were run on a real one; the files of Grafana, Loki, Tempo and Alloy are checked by their shape alone.',
        ],
      }),
    ]),
  ],
  {
    files: {
      'deploy/observability/tempo.yaml': SENT,
      'app/components/observability/scrape.py': FETCHED,
      'app/components/observability/sentry.py': SENTRY,
      'tests/test_observability_otlp.py': SENT,
      'tests/test_observability_scrape.py': FETCHED,
      'tests/test_observability_sentry.py': SENTRY,
    },
  },
);
