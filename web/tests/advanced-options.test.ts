import { describe, expect, it } from '@jest/globals';
import { type AdvancedValues, emptyAdvanced, readAdvanced } from '../lib/advanced-options.ts';
import { readMetadata } from '../lib/read-metadata.ts';

const read = (values: Partial<AdvancedValues>) => readAdvanced({ ...emptyAdvanced, ...values });

describe('the advanced part of a form', () => {
  it('left empty says nothing', () => expect(read({})).toEqual({ options: {} }));

  it('says minutes as seconds, and what waits for others under which key', () => {
    expect(read({ deadlineSeconds: '1.5', tags: ['a'] })).toEqual({
      options: { deadlineSeconds: 90, tags: ['a'] },
    });
    expect(read({ debounce: ' page:7 ', debounceSeconds: '5' })).toEqual({
      options: { debounce: { key: 'page:7', seconds: 300 } },
    });
    expect(
      read({ debounce: 'k', debounceSeconds: '5', debounceMaximumSeconds: '30' }),
    ).toMatchObject({ options: { debounce: { maximumSeconds: 1_800 } } });
  });

  it.each<[Partial<AdvancedValues>, string]>([
    [{ debounceSeconds: '5' }, 'debounce'],
    [{ debounceMaximumSeconds: '5' }, 'debounce'],
    [{ debounce: 'k' }, 'debounceSeconds'],
    [{ debounce: 'k', debounceSeconds: 'soon' }, 'debounceSeconds'],
    [
      { debounce: 'k', debounceSeconds: '9', debounceMaximumSeconds: '8' },
      'debounceMaximumSeconds',
    ],
    [{ debounce: 'k', debounceSeconds: '5', runAt: '2030-01-01T10:00' }, 'runAt'],
    [{ debounce: 'k', debounceSeconds: '5', expiresInSeconds: '5' }, 'expiresInSeconds'],
    [{ metadata: 'no colon' }, 'metadata'],
  ])('tells at the field what is wrong with %j', (values, field) => {
    expect(read(values)).toEqual({ fields: { [field]: expect.any(String) } });
  });
});

describe('metadata', () => {
  it('is a name and a value a line, and a value may have colons', () => {
    expect(readMetadata('ticket: T-1\n\n url : https://a.test/b \nempty:')).toEqual({
      texts: { ticket: 'T-1', url: 'https://a.test/b', empty: '' },
    });
    expect(readMetadata('  \n')).toEqual({ texts: undefined });
  });

  it('refuses a line without a name, and a name twice', () => {
    expect(readMetadata(': x')).toHaveProperty('problem');
    expect(readMetadata('a: 1\na: 2')).toEqual({ problem: 'a is there twice' });
  });
});
