import { defineFacts } from '#core/facts.ts';
import { section } from '../base/kinds.ts';
import { placement } from './kinds.ts';
import module from './module.ts';

const KUSTOMIZE = { option: 'flavour', is: ['kustomize'] } as const;
const HELM = { option: 'flavour', is: ['helm'] } as const;
const PLACES = { kustomize: 'deploy/kubernetes', helm: 'deploy/helm' };
const APPLIED = {
  kustomize: 'plain manifests, which `kubectl apply -k` puts together',
  helm: 'a chart for Helm',
};

export default defineFacts(
  module,
  (options) => [
    placement({ together: false }),
    ...options.with('flavour', (flavour) => [
      section({
        title: 'On Kubernetes',
        lines: [
          `\`${PLACES[flavour]}\` holds ${APPLIED[flavour]}; its own README says how to make the secrets and in which order things`,
          'go. The pods meet the `restricted` Pod Security Standard, and reach only what the network policies name.',
        ],
      }),
    ]),
  ],
  {
    files: {
      'deploy/kubernetes/': KUSTOMIZE,
      'deploy/helm/': HELM,
    },
  },
);
