import { defineFacts, dependency } from '#core/facts.ts';
import { lifespan, outermost } from '../backend/kinds.ts';
import { around, fixture, logProcessor, section, setting, settings } from '../base/kinds.ts';
import { redisClient } from '../redis/kinds.ts';
import { jobContext, leadContext } from '../scheduler/kinds.ts';
import { taskMiddleware } from '../worker/kinds.ts';
import module from './module.ts';

const GROUP = 'Observability';
const FOLDER = 'app.components.observability';
const SENDS = ['otlp', 'both'];
const IS_FETCHED = ['prometheus', 'both'];
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
    ...leadContext({ module: `${FOLDER}.jobs`, name: 'observed_lead' }),
    fixture({ module: 'tests.plugins.observability' }),
    setting({
      name: 'OTEL_SERVICE_NAME',
      value: '',
      comment: 'what the app is called in traces and metrics; empty for the name of the project',
      group: GROUP,
    }),
    ...options.when('exporter', SENDS, [
      // Over HTTP: it needs no compiled package, and any collector takes it.
      dependency({ name: 'opentelemetry-exporter-otlp-proto-http' }),
      setting({
        name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        value: '',
        comment: 'the collector, such as http://localhost:4318; nothing is sent where it is empty',
        group: GROUP,
      }),
      setting({
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
      setting({
        name: 'OTEL_EXPORTER_PROMETHEUS_HOST',
        value: '127.0.0.1',
        comment: 'where /metrics is answered; 0.0.0.0 in a container whose port is not published',
        group: GROUP,
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
        setting({
          name: 'SENTRY_DSN',
          value: '',
          comment: 'where errors are sent, as Sentry says it; nowhere where it is empty',
          group: GROUP,
        }),
      ],
    ),
  ],
  {
    files: {
      'app/components/observability/scrape.py': FETCHED,
      'app/components/observability/sentry.py': SENTRY,
      'tests/test_observability_otlp.py': SENT,
      'tests/test_observability_scrape.py': FETCHED,
      'tests/test_observability_sentry.py': SENTRY,
    },
  },
);
