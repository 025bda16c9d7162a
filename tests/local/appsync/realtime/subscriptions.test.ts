import { expect, test } from '@jest/globals';
import { createSubscriptions } from '#local/appsync/realtime/subscriptions.ts';

test('who was invalidated hears nothing more, even of its end', () => {
  const heard: unknown[] = [];
  const filterGroup = [{ filters: [{ fieldName: 'id', operator: 'eq', value: 'p' }] }];
  const subscriptions = createSubscriptions();
  subscriptions.add({
    field: 'written',
    args: {},
    extensions: [{ name: 'setSubscriptionInvalidationFilter', given: [{ filterGroup }] }],
    deliver: (value) => heard.push(value),
    end: () => heard.push('end'),
  });
  subscriptions.invalidate('other', { id: 'p' });
  subscriptions.invalidate('written', { id: 'o' });
  subscriptions.publish('written', 'first');
  subscriptions.invalidate('written', { id: 'p' });
  subscriptions.invalidate('written', { id: 'p' });
  subscriptions.publish('written', 'late');
  expect(heard).toEqual(['first', 'end']);
});
