import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Rule } from './rule';

interface Person {
  readonly name: string;
  readonly age: number;
}

const rules: readonly Rule<Person>[] = [
  {
    name: 'person/name',
    refuses: 'no name',
    check: ({ name }) => (name === '' ? ['has no name; write one'] : []),
  },
  {
    name: 'person/age',
    refuses: 'a wrong age',
    check: ({ age }) => (age < 0 ? [`age ${age} is below 0`, 'age is odd'] : []),
  },
];

test('every problem of every rule is reported under the name of its rule', () => {
  const construct = new Construct(new Chart(new App(), 'chart'), 'person');
  enforce(construct, rules, () => ({ name: '', age: -1 }));
  expect(construct.node.validate()).toEqual([
    'person/name: has no name; write one',
    'person/age: age -1 is below 0',
    'person/age: age is odd',
  ]);
});

test('the subject is asked for when the app is synthesized, not before', () => {
  const construct = new Construct(new Chart(new App(), 'chart'), 'person');
  let name = '';
  enforce(construct, rules, () => ({ name, age: 1 }));
  name = 'Ada';
  expect(construct.node.validate()).toEqual([]);
});
