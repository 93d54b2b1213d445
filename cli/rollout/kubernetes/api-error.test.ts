import { apiErrorOf } from './api-error';

const found = (status: number, body: string) => {
  const { status: seen, reason, message, causes } = apiErrorOf(status, body);
  return [seen, reason, message, causes];
};

test('the API server’s answer has a reason, a message and causes', () => {
  const causes = [{ field: 'spec', message: 'is wrong' }];
  const body = { kind: 'Status', reason: 'Conflict', message: 'somebody was faster', details: { causes } };
  expect(found(409, JSON.stringify(body))).toEqual([409, 'Conflict', 'somebody was faster', causes]);
});

test('a field that a kind does not have is a fault of the object, though the API server says 500', () => {
  const message =
    'failed to create typed patch object (default/x; /v1, Kind=ConfigMap): .dataa: field not declared in schema';
  expect(found(500, JSON.stringify({ kind: 'Status', message, code: 500 }))).toEqual([
    400,
    'BadRequest',
    message,
    [],
  ]);
  expect(found(500, JSON.stringify({ kind: 'Status', message: 'etcd is away', code: 500 }))).toEqual([
    500,
    'Unknown',
    'etcd is away',
    [],
  ]);
});

test('what a proxy in between says is shown, its beginning', () => {
  expect(found(502, '<html>Bad Gateway</html>\n')).toEqual([
    502,
    'Unknown',
    'HTTP 502: <html>Bad Gateway</html>',
    [],
  ]);
  expect(found(502, 'x'.repeat(1000))[2]).toBe(`HTTP 502: ${'x'.repeat(200)}`);
});
