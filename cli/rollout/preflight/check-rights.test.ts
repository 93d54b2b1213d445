import { noConnection } from '../../../test/unit/no-connection';
import { Api } from '../kubernetes/api';
import { Transport, type ApiAnswer, type ApiRequest } from '../kubernetes/transport';
import { checkRights } from './check-rights';
import type { Permission } from './permission';

type Attributes = Readonly<Record<'verb' | 'resource', string> & { name?: string }>;

/** An API server that knows some rules beforehand, and answers each access review. */
class Reviews extends Transport {
  readonly asked: Attributes[] = [];

  constructor(
    private readonly rules: readonly object[],
    private readonly allows: (attributes: Attributes) => boolean,
  ) {
    super(noConnection);
  }

  override send({ path, body }: ApiRequest): Promise<ApiAnswer> {
    const answer = (status: object) => Promise.resolve({ status: 200, body: JSON.stringify({ status }) });
    if (path.endsWith('/selfsubjectrulesreviews')) return answer({ resourceRules: this.rules });
    const { resourceAttributes } = (body as { spec: { resourceAttributes: Attributes } }).spec;
    this.asked.push(resourceAttributes);
    return answer({ allowed: this.allows(resourceAttributes) });
  }
}

const permission = (verb: string, name?: string): Permission => ({
  verb,
  group: '',
  resource: 'secrets',
  namespace: 'rhdh',
  name,
});

const check = async (reviews: Reviews, ...permissions: Permission[]) =>
  (await checkRights(new Api(reviews), permissions, 'rhdh', 'apply')).map(({ message }) => message);

const never = () => false;

test('a rule for some names allows these alone, and is no answer for all of the kind', async () => {
  const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['login'] }];
  const reviews = new Reviews(rules, never);
  const messages = await check(
    reviews,
    permission('get', 'login'),
    permission('get', 'other'),
    permission('get'),
  );
  expect(messages).toEqual([
    'you may not get secrets other in the namespace rhdh',
    'you may not get secrets in the namespace rhdh',
  ]);
});

test('what no rule shows is asked for, first for all objects and once each, then for the one', async () => {
  const reviews = new Reviews([], ({ verb, name }) => verb === 'get' || name === 'login');
  const wanted = ['login', 'other'].flatMap((name) => [permission('get', name), permission('patch', name)]);
  expect(await check(reviews, ...wanted)).toEqual(['you may not patch secrets other in the namespace rhdh']);
  expect(reviews.asked.map(({ verb, name = '*' }) => `${verb} ${name}`).sort()).toEqual([
    'get *',
    'patch *',
    'patch login',
    'patch other',
  ]);
});

test('objects with the same missing verbs are one problem', async () => {
  const wanted = ['a', 'b'].flatMap((name) => [permission('create', name), permission('patch', name)]);
  expect(await check(new Reviews([], never), ...wanted, permission('create', 'c'))).toEqual([
    'you may not create, patch secrets a, b in the namespace rhdh',
    'you may not create secrets c in the namespace rhdh',
  ]);
});
