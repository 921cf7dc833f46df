import { defineFacts, dependency } from '#core/facts.ts';
import { fixture, section, setting, settings } from '../base/kinds.ts';
import module from './module.ts';

const GROUP = 'Cache';
const PACKAGE = 'app/components/cache';
const IN_REDIS = { option: 'backend', is: ['redis'] } as const;
const IN_MEMORY = { option: 'backend', is: ['memory'] } as const;

// Own code over redis-py: cashews opens a pool of its own and logs every call of an outage, aiocache has had
// no release since 2024, and neither binds a value to its group's version or keeps a forgotten one from coming back.
export default defineFacts(
  module,
  (options) => [
    ...settings({ module: 'app.components.cache.settings', name: 'CacheSettings' }),
    fixture({ module: 'tests.plugins.cache' }),
    ...options.when(
      'backend',
      ['redis'],
      [
        setting({
          name: 'CACHE_LOCK_SECONDS',
          value: '10',
          comment: 'how long others wait for the one process that makes a value, before they make it too',
          group: GROUP,
        }),
      ],
    ),
    ...options.when(
      'backend',
      ['memory'],
      [
        // Bounded by count and by each value's own time, on the monotonic clock; alive, and typed.
        dependency({ name: 'cachetools' }),
        setting({
          name: 'CACHE_MAX_ENTRIES',
          value: '10000',
          comment: 'how many values a process keeps; the one not asked for the longest makes room',
          group: GROUP,
        }),
      ],
    ),
    ...options.with('backend', (backend) => [
      section({
        title: 'Cached answers',
        lines: [
          'What is dear to make and may be a little old is kept for a while:',
          '',
          '```python',
          'from app.components.cache.decorator import cached',
          '',
          '',
          '@cached(seconds=60, version=1)',
          'async def price(article: str) -> Decimal | None:',
          '    return await look_up(article)  # once, however many ask at the same time',
          '',
          '',
          'await price("42")  # looked up, or kept; a None is kept like any other answer',
          'await price.forget("42")  # the next time this one is looked up again',
          'await price.forget_all()  # the next time all of them are',
          '```',
          '',
          'Arguments and result are what JSON can hold and give back: texts, numbers, dates, Pydantic models; rows of the database and',
          'secrets are not. Raise `version` with every change of what the function means or returns. `Cache` in',
          '`app/components/cache/cache.py` is the same by hand: `get`, `set`, `delete`, `get_or_make`.',
          '',
          backend === 'redis'
            ? 'All processes share the values in Redis. While it is away, everything is made anew and nothing fails; what was to be forgotten meanwhile stays until its time is over (`forget` answers False then).'
            : 'Each process keeps values of its own: what one forgets, the others keep until its time is over.',
          'Never keep there what decides whether somebody may do something, and nothing that is secret: values are stored as they are.',
        ],
      }),
    ]),
  ],
  {
    files: {
      [`${PACKAGE}/redis_store.py`]: IN_REDIS,
      'tests/test_cache_redis.py': IN_REDIS,
      [`${PACKAGE}/memory_store.py`]: IN_MEMORY,
      'tests/test_cache_memory.py': IN_MEMORY,
    },
  },
);
