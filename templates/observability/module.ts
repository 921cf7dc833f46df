import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'observability',
  kind: 'component',
  category: 'operations',
  title: 'Observability',
  summary: 'Traces, metrics and structured logs.',
  status: 'available',
  options: {
    exporter: {
      kind: 'choice',
      title: 'Exporter',
      summary: 'How traces and metrics leave the app.',
      values: [
        {
          id: 'both',
          title: 'OTLP and Prometheus',
          summary: 'Traces are sent by OTLP, Prometheus fetches the metrics.',
        },
        { id: 'otlp', title: 'OTLP', summary: 'Traces and metrics are sent to an OpenTelemetry collector.' },
        { id: 'prometheus', title: 'Prometheus', summary: 'Prometheus fetches the metrics; no traces are kept.' },
      ],
      default: 'both',
    },
    sentry: {
      kind: 'toggle',
      title: 'Sentry',
      summary: 'Errors that nobody expected are sent to Sentry too.',
      default: false,
    },
  },
  requires: [{ need: 'backend', because: 'its requests are what is measured first' }],
});
