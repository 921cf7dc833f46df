import { defineFacts } from '#core/facts.ts';
import module from './module.ts';

export default defineFacts(module, () => []);
